package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import gyre.testing.OpenDescriptors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Behaviour 40: a program that is started while a loop runs gets none of its descriptors. */
@EveryBackend
@EnabledOnOs(OS.LINUX)
class InheritanceTest extends OnLoop {
    private static final int O_CLOEXEC = 02000000;

    InheritanceTest(Backend backend) {
        super(backend);
    }

    @Test
    void aProgramStartedMeanwhileInheritsNothing() throws Exception {
        Pair pair = pair();
        UdpSocket socket = udp();
        listen();
        Process child = new ProcessBuilder("ls", "-l", "/proc/self/fd").start();
        String open = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, child.waitFor());
        assertFalse(open.contains("socket:") || open.contains("anon_inode:"), open);
        assertEquals(true, pair.ours().isOpen() && socket.isOpen());
    }

    /** The JDK closes what a child should not have; a fork that isn't the JDK's relies on the flag. */
    @Test
    void everyDescriptorOfALoopClosesAtExec() throws Exception {
        core.close();
        OpenDescriptors before = OpenDescriptors.now();
        open();
        UdpSocket socket = udp();
        TcpListener listener = listen();
        TcpStream client = later(run(TcpStream.connect(listener.localAddress(), handle)));
        TcpStream server = later(run(listener.accept()));
        Set<Integer> inherited = new TreeSet<>();
        for (int descriptor : OpenDescriptors.now().numbers()) {
            if (!before.numbers().contains(descriptor) && (flags(descriptor) & O_CLOEXEC) == 0) {
                inherited.add(descriptor);
            }
        }
        assertEquals(Set.of(), inherited);
        assertEquals(true, client.isOpen() && server.isOpen() && socket.isOpen());
    }

    private static int flags(int descriptor) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/fdinfo/" + descriptor)).stream()
                .filter(line -> line.startsWith("flags:"))
                .map(line -> Integer.parseInt(line.substring("flags:".length()).strip(), 8))
                .findFirst()
                .orElseThrow();
    }
}
