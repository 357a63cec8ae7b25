package gyre.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.testing.ChildJvm;
import gyre.testing.Tool;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What an echo asks of the system: to receive, to send, to wait, and nothing else. */
@EnabledOnOs(OS.LINUX)
class SystemCallsTest {
    private static final int REQUESTS = 10_000;
    /** All but the first few, while classes are loaded. */
    private static final int COUNTED = REQUESTS - 100;

    private static final List<String> WAITS = List.of("epoll_wait", "epoll_pwait", "epoll_pwait2");

    @TempDir
    private Path folder;

    @Test
    void ofARequest() throws Exception {
        Tool.need("strace", "-f", "true");
        Path trace = folder.resolve("trace");
        List<String> command = new ArrayList<>(
                List.of(
                        "strace",
                        "-f",
                        "--seccomp-bpf",
                        "-s",
                        "0",
                        "-o",
                        trace.toString(),
                        "-e",
                        "trace=recvfrom,recvmsg,sendto,sendmsg,read,write,readv,writev,epoll_ctl,epoll_wait,epoll_pwait,epoll_pwait2"));
        command.addAll(ChildJvm.command(ChildJvm.classPath(), List.of("-Dgyre.backend=epoll"), EchoMain.class));
        try (ChildJvm child = ChildJvm.start(command)) {
            int port = Integer.parseInt(child.line("port "));
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setTcpNoDelay(true);
                byte[] message = new byte[64];
                for (int i = 0; i < REQUESTS; i++) {
                    message[0] = (byte) i;
                    socket.getOutputStream().write(message);
                    assertArrayEquals(message, socket.getInputStream().readNBytes(64));
                }
            }
            assertEquals("" + REQUESTS * 64, child.line("wrote "));
            assertEquals(0, child.await());
        }
        Map<String, Integer> calls = callsWhileServing(Files.readAllLines(trace));
        int waits = WAITS.stream().mapToInt(name -> calls.getOrDefault(name, 0)).sum();
        assertAbout(calls.remove("recvfrom"), calls);
        assertAbout(calls.remove("sendto"), calls);
        assertTrue(waits <= COUNTED + 10, "at most one wait a request: " + calls);
        calls.keySet().removeAll(WAITS);
        assertEquals(Map.of(), calls, "neither epoll_ctl after the registration nor a read of the eventfd");
    }

    /** By name, on the loop's thread, for the last requests, up to the last send. */
    private static Map<String, Integer> callsWhileServing(List<String> trace) {
        String loop = trace.stream()
                .filter(line -> line.contains(" sendto("))
                .findFirst()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .orElseThrow();
        List<String> calls = trace.stream()
                .filter(line -> line.startsWith(loop + " ") && line.contains("(") && !line.contains(" resumed>"))
                .map(line -> line.substring(loop.length(), line.indexOf('(')).strip())
                .toList();
        int first = calls.size();
        for (int sends = 0; sends <= COUNTED; sends += calls.get(first).equals("sendto") ? 1 : 0) {
            first--;
        }
        Map<String, Integer> counts = new HashMap<>();
        for (String call : calls.subList(first + 1, calls.lastIndexOf("sendto") + 1)) {
            counts.merge(call, 1, Integer::sum);
        }
        return counts;
    }

    private static void assertAbout(Integer count, Object calls) {
        assertTrue(count != null && Math.abs(count - COUNTED) <= 10, count + ", the others: " + calls);
    }
}
