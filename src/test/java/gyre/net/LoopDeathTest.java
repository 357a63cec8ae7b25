package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.future.Futures;
import gyre.reactor.Core;
import gyre.reactor.Handle;
import gyre.reactor.JoinHandle;
import gyre.reactor.LoopClosedException;
import gyre.sys.Backend;
import gyre.testing.Call;
import gyre.testing.EveryBackend;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Behaviour 42: what a dying loop leaves behind ends, whatever it waited for, and other loops go on. */
@EveryBackend
class LoopDeathTest extends OnLoop {
    LoopDeathTest(Backend backend) {
        super(backend);
    }

    @Test
    void allThatWaitsOnItFailsAndTheOtherLoopLives() throws Exception {
        Pair pair = pair();
        OutOfMemoryError death = new OutOfMemoryError("test");
        Core dying = Core.builder().backend(backend).open();
        Handle there = dying.handle();
        TcpListener listener = TcpListener.bind(loopback(0), there);
        TcpStream client = dying.run(TcpStream.connect(listener.localAddress(), there));
        List<JoinHandle<?>> waiting = List.of(
                there.spawn(listener.accept().andThen(first -> listener.accept())),
                there.spawn(read(client, Buf.allocate(1))),
                there.spawn(there.sleep(Duration.ofHours(1))),
                there.spawn(Futures.never()));
        CompletableFuture<?> elsewhere = there.spawn(Futures.never()).toCompletableFuture();
        JoinHandle<String> joining =
                handle.spawn(waiting.get(3).map(value -> "value").recover(gone -> "gone"));
        dying.turn(Duration.ZERO);
        there.spawn(Call.of(() -> {
            throw death;
        }));
        CompletableFuture<Object> loop = aside(() -> dying.run(Futures.never()));
        assertSame(
                death,
                assertThrows(ExecutionException.class, () -> loop.get(10, TimeUnit.SECONDS))
                        .getCause());
        for (JoinHandle<?> each : waiting) {
            assertThrows(LoopClosedException.class, () -> run(each));
        }
        assertThrows(Exception.class, () -> elsewhere.get(10, TimeUnit.SECONDS));
        assertEquals("gone", run(joining));
        assertFalse(client.isOpen());
        assertThrows(ClosedChannelException.class, listener::localAddress);
        assertThrows(LoopClosedException.class, () -> there.spawn(Futures.never()));
        pair.send("alive");
        assertEquals("alive", run(expect(pair.ours(), "alive")));
        assertTrue(pair.ours().isOpen());
    }
}
