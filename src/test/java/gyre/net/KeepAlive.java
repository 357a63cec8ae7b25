package gyre.net;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Loop;
import gyre.future.Poll;
import gyre.io.Io;
import gyre.io.ReadExact;
import gyre.io.WriteAll;
import gyre.reactor.Handle;
import gyre.reactor.TaskGroup;
import java.time.Duration;

/**
 * A server whose connections live on between requests, and end there once draining begins. A request is a byte: it is answered
 * by {@code a} at once and by {@code b} after so many milliseconds, or never if it is 255.
 */
final class KeepAlive {
    static final int NEVER = 255;

    private final TaskGroup group;
    private final Handle handle;

    KeepAlive(TaskGroup group, Handle handle) {
        this.group = group;
        this.handle = handle;
    }

    Future<Void> server(TcpListener listener) {
        return listener.incoming()
                .forEach(
                        socket -> group.spawn(Futures.using(socket, this::serve).recover(gone -> null)));
    }

    private Future<Void> serve(TcpStream socket) {
        return Futures.<Void, Void>loopFn(
                null,
                again -> requested(socket)
                        .race(group.draining().map(begun -> false))
                        .andThen(request -> request ? answer(socket) : Futures.ready(Loop.done(null))));
    }

    /** Whether another request has begun; false at the end. Takes nothing out of the socket, so it may be cancelled. */
    private static Future<Boolean> requested(TcpStream socket) {
        Buf peeked = Buf.allocate(1);
        return Futures.pollFn(task -> {
            int n = socket.peek(task, peeked.clear());
            return n == Io.NOT_READY ? Poll.pending() : Poll.ready(n > 0);
        });
    }

    private Future<Loop<Void, Void>> answer(TcpStream socket) {
        return ReadExact.readExact(socket, Buf.allocate(1)).andThen(request -> {
            int millis = request.bytes(1)[0] & 0xff;
            return WriteAll.writeAll(socket, Buf.copyOf("a"))
                    .andThen(begun -> millis == NEVER ? Futures.never() : handle.sleep(Duration.ofMillis(millis)))
                    .andThen(slept -> WriteAll.writeAll(socket, Buf.copyOf("b")))
                    .map(written -> Loop.again(null));
        });
    }
}
