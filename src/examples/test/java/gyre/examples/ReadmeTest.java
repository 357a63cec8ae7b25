package gyre.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example is the example. Tests run in the folder of the module. */
class ReadmeTest {
    private static final Path README = Path.of("../../README.md");
    private static final Path ECHO = Path.of("main/java/gyre/examples/Echo.java");
    private static final Pattern BLOCK =
            Pattern.compile("(?s)<!-- example: echo [^\\n]*-->\\n\\n?```java\\n(.*?)```\\n\\n?<!-- end of example -->");

    @TempDir
    Path folder;

    @Test
    void exampleIsTheSourceLineForLine() throws IOException {
        assertEquals(Files.readString(ECHO), example(), "README.md and " + ECHO + " have drifted apart");
    }

    @Test
    void exampleCompilesAndRuns() throws Exception {
        Path source = Files.writeString(folder.resolve("Echo.java"), example());
        int status = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "-proc:none",
                        "-cp",
                        Program.classPath(),
                        "-d",
                        folder.toString(),
                        source.toString());
        assertEquals(0, status, "javac");
        List<String> command = Program.command(List.of(), Echo.class, "127.0.0.1:0");
        int classPath = command.indexOf("-cp") + 1;
        command.set(classPath, folder + File.pathSeparator + command.get(classPath));
        try (Program echo = Program.run(command);
                Program.Server server = new Program.Server(echo, echo.announced());
                Socket client = server.connect()) {
            EchoTest.assertEchoed(client, "as the README says");
        }
    }

    private static String example() throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(README));
        assertTrue(block.find(), "the README has no example between its two markers");
        return block.group(1);
    }
}
