package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.testing.ChildJvm;
import gyre.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Behaviour 52: where JNA cannot work, NIO serves, and one line says why. */
class MissingNativesTest {
    @TempDir
    private Path folder;

    @Test
    void withoutTheJarOfJna() throws Exception {
        List<String> why = reasons(ChildJvm.command(ChildJvm.withoutJna(), logging(), EchoMain.class), "nio");
        assertEquals(1, why.size(), why.toString());
        assertTrue(why.get(0).contains("JNA") && why.get(0).contains("epoll"), why.toString());
    }

    @Test
    void whereItsLibraryMayNotBeExecuted() throws Exception {
        List<String> why = reasonsOn("noexec");
        assertEquals(1, why.size(), why.toString());
        assertTrue(why.get(0).contains("epoll") && why.get(0).contains("-Djna.tmpdir"), why.toString());
    }

    @Test
    void whereItsLibraryCannotBeWritten() throws Exception {
        List<String> why = reasonsOn("ro");
        assertEquals(1, why.size(), why.toString());
        assertTrue(why.get(0).contains("is not writable") && why.get(0).contains("-Djna.tmpdir"), why.toString());
    }

    @Test
    void whereAllIsWellNothingIsSaid() throws Exception {
        List<String> why = reasons(ChildJvm.command(ChildJvm.classPath(), logging(), EchoMain.class), "epoll");
        assertEquals(List.of(), why);
    }

    /** With a temporary folder that is mounted so. */
    private List<String> reasonsOn(String option) throws Exception {
        Path temporary = Files.createDirectory(folder.resolve(option));
        String mount = "mount -t tmpfs -o " + option + " none " + temporary;
        if (!"root".equals(System.getProperty("user.name"))) {
            Tool.skip("MissingNativesTest: only root can mount a file system");
        }
        Tool.need("unshare", "-m", "sh", "-c", mount);
        List<String> jvm = new ArrayList<>(logging());
        jvm.add("-Djna.tmpdir=" + temporary);
        jvm.add("-Djna.nosys=true");
        List<String> command = new ArrayList<>(List.of("unshare", "-m", "sh", "-c", mount + " && exec \"$@\"", "sh"));
        command.addAll(ChildJvm.command(ChildJvm.classPath(), jvm, EchoMain.class));
        return reasons(command, "nio");
    }

    private static List<String> reasons(List<String> command, String backend) throws Exception {
        EchoOnce served = EchoOnce.of(command);
        assertEquals(backend, served.backend(), served.toString());
        return served.reasons();
    }

    private List<String> logging() throws IOException {
        return EchoOnce.logging(folder);
    }
}
