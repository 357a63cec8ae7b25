package gyre.soak;

import gyre.future.Futures;
import gyre.future.Loop;
import gyre.net.UdpSocket;
import gyre.reactor.Pinned;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** What is done to a server so that the soak has something to find: by it the soak itself is tested. */
enum Sabotage {
    NONE,
    /** Spoils a byte of each connection's first bytes: done by the server itself. */
    BYTE,
    /** Answers no datagram: done by the server itself. */
    DATAGRAMS,
    /** Leaves a descriptor open now and then. */
    DESCRIPTOR,
    /** Lets go a buffer without giving it back. */
    BUFFER,
    /** Spawns tasks that never end. */
    TASK,
    /** Stops the loop. */
    LOOP,
    /** A task fails. */
    FAILURE;

    private static final Duration DELAY = Duration.ofSeconds(2);

    static Sabotage of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Begins it after a while. */
    void start(Pinned pinned) {
        if (this != NONE && this != BYTE && this != DATAGRAMS) {
            pinned.spawn(pinned.handle()
                    .sleep(DELAY)
                    .andThen(done -> Futures.loopFn(0, i -> {
                        strike(pinned);
                        return pinned.handle()
                                .sleep(Duration.ofMillis(10))
                                .map(slept -> Loop.<Integer, Void>again(i + 1));
                    })));
        }
    }

    private void strike(Pinned pinned) throws IOException {
        switch (this) {
            case DESCRIPTOR -> UdpSocket.bind(new InetSocketAddress("127.0.0.1", 0), pinned.handle());
            case BUFFER -> pinned.buffers().take();
            case TASK -> pinned.spawn(Futures.never());
            case LOOP -> LockSupport.park();
            case FAILURE -> throw new IOException("sabotage");
            case NONE, BYTE, DATAGRAMS -> {}
        }
    }
}
