package gyre.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares every number of this system with what the C compiler says. */
class LayoutTest {
    /** What begins a field's name, the C type, and what begins the names of the type's members. */
    private static final String[][] STRUCTURES = {
        {"EPOLL_EVENT_", "struct epoll_event", ""},
        {"SOCKADDR_STORAGE_", "struct sockaddr_storage", "ss_"},
        {"SOCKADDR_IN_", "struct sockaddr_in", "sin_"},
        {"SOCKADDR_IN6_", "struct sockaddr_in6", "sin6_"},
        {"SOCKADDR_UN_", "struct sockaddr_un", "sun_"},
        {"SOCKADDR_", "struct sockaddr", "sa_"},
        {"IOVEC_", "struct iovec", "iov_"},
        {"MSGHDR_", "struct msghdr", "msg_"},
        {"CMSGHDR_", "struct cmsghdr", "cmsg_"},
        {"TIMESPEC_", "struct timespec", "tv_"},
        {"LINGER_", "struct linger", "l_"},
        {"IP_MREQN_", "struct ip_mreqn", "imr_"},
        {"IPV6_MREQ_", "struct ipv6_mreq", "ipv6mr_"},
        {"GROUP_REQ_", "struct group_req", "gr_"},
        {"GROUP_SOURCE_REQ_", "struct group_source_req", "gsr_"},
        {"UCRED_", "struct ucred", ""},
        {"TCP_INFO_", "struct tcp_info", "tcpi_"},
        {"XUCRED_", "struct xucred", "cr_"},
        {"KEVENT_", "struct kevent", ""},
    };

    @TempDir
    Path folder;

    @Test
    void everyNumberIsThatOfTheCompiler() throws Exception {
        Map<String, Long> ours = new TreeMap<>();
        Map<String, String> expressions = new TreeMap<>();
        for (Field field : Layout.class.getDeclaredFields()) {
            if (field.getName().equals("ABSENT")) {
                continue;
            }
            ours.put(field.getName(), (long) field.getInt(null));
            expressions.put(field.getName(), expression(field.getName()));
        }
        assertTrue(ours.size() > 150, "fields are missed");
        assertEquals(ours, CProgram.integers(folder, expressions));
    }

    @Test
    void everyErrorIsThatOfTheCompilerAndOfTheLibrary() throws Exception {
        Map<String, Long> numbers = new TreeMap<>();
        Map<String, String> texts = new TreeMap<>();
        Map<String, String> asNumber = new LinkedHashMap<>();
        Map<String, String> asText = new LinkedHashMap<>();
        for (ErrnoTable.Row row : ErrnoTable.rows()) {
            numbers.put(row.name(), (long) row.number());
            texts.put(row.name(), row.text());
            asNumber.put(row.name(), row.name());
            asText.put(row.name(), "strerror(" + row.name() + ")");
        }
        assertEquals(numbers, new TreeMap<>(CProgram.integers(folder, asNumber)));
        assertEquals(texts, new TreeMap<>(CProgram.strings(folder, asText)));
    }

    @Test
    void everySystemCallHasTheNumberOfThisCpu() throws Exception {
        Map<String, Long> ours = new TreeMap<>();
        Map<String, String> expressions = new TreeMap<>();
        for (SystemCall call : SystemCall.values()) {
            String name = switch (call) {
                case RECV -> "recvfrom";
                case SEND -> "sendto";
                case EPOLL_WAIT -> "epoll_pwait";
                default -> call.method().equals("epollPwait2") ? "epoll_pwait2" : call.method();
            };
            ours.put(name, (long) (Platform.X86_64 ? call.x86() : call.arm()));
            expressions.put(name, "SYS_" + name);
        }
        assertEquals(ours, CProgram.integers(folder, expressions));
    }

    /** A member's offset, a type's size, or the name itself. */
    static String expression(String field) {
        if (field.equals("CMSGHDR_DATA")) {
            return "CMSG_LEN(0)";
        }
        if (field.equals("CMSG_ALIGN")) {
            return "(CMSG_SPACE(1) - CMSG_SPACE(0))";
        }
        if (field.startsWith("SYS_")) {
            return "SYS_" + field.substring("SYS_".length()).toLowerCase(java.util.Locale.ROOT);
        }
        for (String[] structure : STRUCTURES) {
            if (field.startsWith(structure[0])) {
                String member = field.substring(structure[0].length()).toLowerCase(java.util.Locale.ROOT);
                return member.equals("size")
                        ? "sizeof(" + structure[1] + ")"
                        : "offsetof(%s, %s%s)".formatted(structure[1], structure[2], member);
            }
        }
        return field;
    }
}
