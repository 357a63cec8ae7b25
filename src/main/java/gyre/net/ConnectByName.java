package gyre.net;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.reactor.Handle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Looks a name up on an executor, from its making on, then tries one address after the other. */
final class ConnectByName implements Future<TcpStream> {
    private final CompletableFuture<InetAddress[]> lookup;
    private final Future<InetAddress[]> found;
    private final int port;
    private final Handle handle;
    private final ArrayDeque<InetAddress> left = new ArrayDeque<>();
    private @Nullable Connect<TcpStream> attempt;
    private @Nullable IOException failure;
    private boolean done;

    ConnectByName(String host, int port, Executor resolver, Handle handle) {
        if (port < 0 || port > 0xFFFF) {
            throw new IllegalArgumentException("port must be in 0 to 65535: " + port);
        }
        Objects.requireNonNull(host, "host"); // null would mean the loopback address
        handle.pinned();
        this.port = port;
        this.handle = handle;
        this.lookup = CompletableFuture.supplyAsync(() -> resolve(host), resolver);
        this.found = Futures.from(lookup);
    }

    private static InetAddress[] resolve(String host) {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new CompletionException(e);
        }
    }

    @Override
    public Poll<TcpStream> poll(Task task) throws IOException {
        if (done) {
            throw new IllegalStateException("polled after completion");
        }
        if (attempt == null && !resolved(task)) {
            return Poll.pending();
        }
        for (; ; ) {
            Connect<TcpStream> current = attempt;
            if (current == null) {
                current = Connect.tcp(new InetSocketAddress(left.remove(), port), null, new PendingOptions(), handle);
                attempt = current;
            }
            try {
                Poll<TcpStream> answer = current.poll(task);
                done = answer.isReady();
                return answer;
            } catch (IOException e) {
                attempt = null;
                giveUpUnlessMore(e);
            }
        }
    }

    private boolean resolved(Task task) throws IOException {
        try {
            Poll<InetAddress[]> addresses = found.poll(task);
            if (addresses.isPending()) {
                return false;
            }
            left.addAll(Arrays.asList(addresses.value()));
            return true;
        } catch (UnknownHostException e) {
            done = true;
            throw e;
        } catch (Throwable e) { // of the executor, or the resolver's own
            done = true;
            throw new IOException("the look-up failed", e);
        }
    }

    private void giveUpUnlessMore(IOException e) throws IOException {
        if (failure != null) {
            e.addSuppressed(failure);
        }
        failure = e;
        if (left.isEmpty()) {
            done = true;
            throw e;
        }
    }

    @Override
    public void cancel() {
        done = true;
        found.cancel();
        lookup.cancel(false);
        if (attempt != null) {
            attempt.cancel();
        }
    }
}
