package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.sys.Backend;
import gyre.testing.ChildJvm;
import gyre.testing.EveryBackend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Behaviour 1: a server without a descriptor left waits, idle, and serves whoever waited once there is one. */
@EveryBackend
@DisabledOnOs(OS.WINDOWS)
class DescriptorLimitTest {
    private static final int DESCRIPTORS = 60;
    private static final int CLIENTS = 100;
    private static final int MANY = 1_000;

    /** So many are looked at while the server is full, one each 500 ms. */
    private static final int COSTS = 7;

    @TempDir
    private Path folder;

    private final Backend backend;

    DescriptorLimitTest(Backend backend) {
        this.backend = backend;
    }

    private record Cost(long errors, long cpuMillis) {
        static Cost next(ChildJvm child) throws IOException {
            String[] words = child.line("cost ").split("\\D+");
            return new Cost(Long.parseLong(words[0]), Long.parseLong(words[1]));
        }
    }

    private ChildJvm start(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("bash", "-c", "ulimit -n " + DESCRIPTORS + " && exec \"$@\"", "bash"));
        List<String> jars = ChildJvm.packed(ChildJvm.classPath(), folder);
        command.addAll(ChildJvm.command(jars, List.of(), FullMain.class, arguments));
        return ChildJvm.start(command);
    }

    @Test
    void acceptingPausesAndGoesOnByItself() throws Exception {
        Deque<Socket> waiting = new ArrayDeque<>();
        try (ChildJvm child = start(backend.name())) {
            InetSocketAddress server =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(child.line("port ")));
            for (int i = 0; i < CLIENTS; i++) {
                Socket socket = new Socket();
                waiting.add(socket);
                socket.connect(server);
                socket.getOutputStream().write(i);
            }
            Cost full;
            do {
                full = Cost.next(child);
            } while (full.errors == 0);
            for (int i = 1; i < COSTS; i++) {
                Cost.next(child);
            }
            Cost later = Cost.next(child);
            // At 10 ms first and up to 1 s: some ten tries, and below 2 % of a CPU. A loop that spins would use all of
            // it.
            assertTrue(later.errors - full.errors <= 12, full + ", 3.5 s later " + later);
            assertTrue(later.cpuMillis - full.cpuMillis < COSTS * 500 / 50, full + ", 3.5 s later " + later);
            assertEquals("nothing", answer(waiting.getLast(), 1), "the last one waits");
            for (int i = 0; i < CLIENTS; i++) { // first come, first served: who leaves makes room
                try (Socket socket = waiting.remove()) {
                    assertEquals("" + i, answer(socket, 20_000), () -> errors(child));
                }
            }
        } finally {
            for (Socket each : waiting) {
                each.close();
            }
        }
    }

    @Test
    void whoIsRefusedHearsItAtOnceAndTheRestIsServed() throws Exception {
        List<Socket> served = new ArrayList<>();
        try (ChildJvm child = start(backend.name(), "refuse")) {
            InetSocketAddress server =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(child.line("port ")));
            int refused = 0;
            for (int i = 0; i < MANY; i++) {
                Socket socket = new Socket(server.getAddress(), server.getPort());
                if (isServed(socket)) {
                    served.add(socket);
                } else {
                    refused++;
                    socket.close();
                }
            }
            assertTrue(served.size() > 0 && refused > MANY - DESCRIPTORS, served.size() + " served");
            while (Cost.next(child).errors < refused) {} // the first lines were written before
            for (Socket each : served) { // they are served as before, whatever became of the others
                assertTrue(isServed(each));
                each.close();
            }
            Socket next = new Socket(server.getAddress(), server.getPort());
            for (int tries = 0; !isServed(next); tries++) {
                assertTrue(tries < MANY, "nobody is served any more");
                next.close();
                next = new Socket(server.getAddress(), server.getPort());
            }
            next.close();
        }
    }

    /** By an echo; else it is closed or reset, and at once. */
    private static boolean isServed(Socket socket) throws IOException {
        try {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(7);
            return socket.getInputStream().read() == 7;
        } catch (SocketException reset) {
            return false;
        }
    }

    private static String answer(Socket socket, int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            return "" + socket.getInputStream().read();
        } catch (SocketTimeoutException e) {
            return "nothing";
        }
    }

    private static String errors(ChildJvm child) {
        try {
            return child.errors();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
