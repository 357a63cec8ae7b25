package gyre.examples.guide;

import gyre.future.Futures;
import gyre.reactor.Core;
import gyre.reactor.Handle;
import gyre.reactor.LoopClosedException;
import gyre.reactor.SpawnFunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A loop on a thread of its own, so that a test can talk to it with blocking sockets. */
final class RunningLoop implements AutoCloseable {
    static final InetSocketAddress ANY_PORT = new InetSocketAddress("127.0.0.1", 0);
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Core core;
    private final CompletableFuture<Void> running;

    RunningLoop() throws IOException {
        core = Core.open();
        running = CompletableFuture.runAsync(this::run, loop -> new Thread(loop, "loop").start());
    }

    private void run() {
        try {
            core.run(Futures.never());
        } catch (LoopClosedException e) {
            return; // the test is over
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Handle handle() {
        return core.handle();
    }

    /** What a future that is built on the loop has for a value. */
    <T> T get(SpawnFunction<T> function) throws ExecutionException, InterruptedException, TimeoutException {
        return core.handle().spawnFn(function).toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** A client that gives up after some time. */
    static Socket client(InetSocketAddress server) throws IOException {
        Socket socket = new Socket(server.getAddress(), server.getPort());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** That many bytes, or what comes before the end. */
    static String read(Socket socket, int count) throws IOException {
        return new String(socket.getInputStream().readNBytes(count), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        core.close();
        running.join();
    }
}
