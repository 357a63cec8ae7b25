package gyre.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks this machine's C compiler for the values of expressions, by a program that prints them. */
final class CProgram {
    private static final String HEADERS = """
            #define _GNU_SOURCE
            #include <errno.h>
            #include <fcntl.h>
            #include <linux/tcp.h>
            #include <netinet/in.h>
            #include <netinet/udp.h>
            #include <stddef.h>
            #include <stdio.h>
            #include <string.h>
            #include <sys/epoll.h>
            #include <sys/eventfd.h>
            #include <sys/mman.h>
            #include <sys/prctl.h>
            #include <sys/socket.h>
            #include <sys/syscall.h>
            #include <sys/uio.h>
            #include <sys/un.h>
            #include <time.h>
            #ifndef MFD_EXEC
            #define MFD_EXEC 0x10U /* since Linux 6.3 */
            #endif
            """;

    private CProgram() {}

    /** The expressions' values as integers, by the names given to them. */
    static Map<String, Long> integers(Path folder, Map<String, String> expressions) throws Exception {
        return integers(folder, HEADERS, expressions);
    }

    /** The same, after these headers, which have to include {@code stdio.h}. */
    static Map<String, Long> integers(Path folder, String headers, Map<String, String> expressions) throws Exception {
        Map<String, Long> values = new LinkedHashMap<>();
        print(folder, headers, "%lld", "(long long) (int) ", expressions)
                .forEach((k, v) -> values.put(k, Long.parseLong(v)));
        return values;
    }

    /** The expressions' values as strings, by the names given to them. */
    static Map<String, String> strings(Path folder, Map<String, String> expressions) throws Exception {
        return print(folder, HEADERS, "%s", "", expressions);
    }

    private static Map<String, String> print(
            Path folder, String headers, String format, String cast, Map<String, String> expressions) throws Exception {
        assumeCompiler();
        StringBuilder text = new StringBuilder(headers).append("int main(void) {\n");
        expressions.forEach((name, expression) ->
                text.append("printf(\"%s=%s\\n\", %s(%s));\n".formatted(name, format, cast, expression)));
        Path source = Files.writeString(folder.resolve("print.c"), text.append("return 0;\n}\n"));
        Path program = folder.resolve("print");
        Run compiled = Run.of(List.of("gcc", "-o", program.toString(), source.toString()));
        assertEquals(0, compiled.status(), compiled.output());
        Run ran = Run.of(List.of(program.toString()));
        assertEquals(0, ran.status(), ran.output());
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : new ArrayList<>(ran.output().lines().toList())) {
            values.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
        assertEquals(expressions.keySet(), values.keySet());
        return values;
    }

    private static void assumeCompiler() throws InterruptedException {
        try {
            Run.of(List.of("gcc", "--version"));
        } catch (IOException e) {
            assumeTrue(System.getenv("CI") != null, "skipped: there is no gcc to compare with");
            throw new AssertionError("CI needs gcc", e);
        }
    }
}
