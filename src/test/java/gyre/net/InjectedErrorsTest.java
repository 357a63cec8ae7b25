package gyre.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.testing.ChildJvm;
import gyre.testing.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real calls, through the stubs, with errors that strace puts in their place. No refusals (EAGAIN) among them: the kernel
 * makes no new edge after one that it did not give. {@link FaultInjectionTest} has those.
 */
@EnabledOnOs(OS.LINUX)
class InjectedErrorsTest {
    private static final int CONNECTIONS = 16;
    private static final int ROUNDS = 25;
    private static final int SILENCE_MILLIS = 20_000;

    @TempDir
    private Path folder;

    @BeforeEach
    void needStrace() throws Exception {
        Tool.need("strace", "-f", "-e", "trace=epoll_pwait2", "true");
    }

    /** The first three accepts try the stub, then the call for each of two Cores, on a descriptor that is none. */
    @ParameterizedTest
    @CsvSource({
        "'epoll_pwait,epoll_pwait2', EINTR:when=3+5",
        "recvfrom, EINTR:when=3+5",
        "sendto, EINTR:when=3+5",
        "accept4, EINTR:when=4+3",
        "accept4, ECONNABORTED:when=4+3",
        "accept4, EPROTO:when=4+3",
        "accept4, EMFILE:when=4+3",
        "accept4, ENOBUFS:when=4..9"
    })
    void whatIsTriedAgainCostsNobodyAnything(String calls, String error) throws Exception {
        Served served = serve(calls, error);
        assertTrue(served.injected() > 0, served.toString());
        assertEquals(0, served.cut(), served.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"recvfrom ECONNRESET", "recvfrom ETIMEDOUT", "sendto EPIPE", "sendto ENOBUFS"})
    void anErrorEndsItsConnectionAlone(String what) throws Exception {
        String[] words = what.split(" ");
        Served served = serve(words[0], words[1] + ":when=31+31");
        // The last read finds the end, and what fails it cuts nothing.
        assertTrue(0 < served.cut() && served.cut() <= served.injected(), served.toString());
    }

    private record Served(int cut, long injected) {}

    /** A load, then the end of the server, with every descriptor closed. */
    private Served serve(String calls, String error) throws Exception {
        Path trace = folder.resolve("trace");
        List<String> command = new ArrayList<>(List.of("strace", "-D", "-f", "-qq", "-o", trace.toString()));
        command.addAll(List.of("-e", "trace=" + calls, "-e", "inject=" + calls + ":error=" + error));
        command.addAll(ChildJvm.command(
                ChildJvm.classPath(), List.of(), StopMain.class, "epoll", StopMain.Way.AFTER_RUN.name()));
        try (ChildJvm server = ChildJvm.start(command)) {
            int port = Integer.parseInt(server.line("port "));
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                sockets.add(new Socket(InetAddress.getLoopbackAddress(), port));
            }
            int cut = 0;
            for (Socket socket : sockets) {
                cut += isServed(socket) ? 0 : 1;
            }
            server.terminate();
            assertEquals(server.line("before "), server.line("after "), "descriptors");
            assertEquals(0, server.await());
            try (var lines = Files.lines(trace)) {
                return new Served(
                        cut, lines.filter(line -> line.endsWith("(INJECTED)")).count());
            }
        }
    }

    /** Whether it answers all; a wrong byte, or silence, fails the test. */
    private static boolean isServed(Socket socket) throws IOException {
        try (socket) {
            socket.setSoTimeout(SILENCE_MILLIS);
            InputStream in = socket.getInputStream();
            for (int round = 0; round < ROUNDS; round++) {
                byte[] message = new byte[1 + round * 211];
                Arrays.fill(message, (byte) round);
                socket.getOutputStream().write(message);
                byte[] answer = in.readNBytes(message.length);
                if (answer.length < message.length) {
                    return false;
                }
                assertArrayEquals(message, answer);
            }
            socket.shutdownOutput();
            return in.read() == -1;
        } catch (SocketException reset) {
            return false;
        }
    }
}
