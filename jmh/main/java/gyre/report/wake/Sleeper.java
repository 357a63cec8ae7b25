package gyre.report.wake;

import gyre.channel.Channel;
import gyre.channel.ReceiverClosedException;
import gyre.future.Future;
import gyre.future.Poll;
import gyre.reactor.Core;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.LinkedTransferQueue;

/** A thread that sleeps until something is handed to it. It lives as long as the process. */
interface Sleeper {
    /** Hands it something; that it has it, it tells the {@link Arrival}. From one thread. */
    void wake() throws IOException;

    /** @throws UnsatisfiedLinkError if there is none here */
    static Sleeper start(Way way, Arrival arrival) throws IOException {
        return switch (way) {
            case SPAWN -> spawn(arrival);
            case CHANNEL -> channel(arrival);
            case NETTY_EPOLL -> {
                Epoll.ensureAvailability();
                yield netty(EpollIoHandler.newFactory(), arrival);
            }
            case NETTY_NIO -> netty(NioIoHandler.newFactory(), arrival);
            case QUEUE -> queue(arrival);
        };
    }

    private static Sleeper spawn(Arrival arrival) throws IOException {
        Core core = Core.open();
        start(() -> run(core, task -> Poll.pending()));
        Future<Void> tell = task -> {
            arrival.tell();
            return Poll.ready(null);
        };
        return () -> core.handle().spawn(tell);
    }

    private static Sleeper channel(Arrival arrival) throws IOException {
        Core core = Core.open();
        Channel<Integer> channel = Channel.unbounded();
        start(() -> run(core, channel.receiver().forEach(item -> arrival.tell())));
        return () -> {
            try {
                channel.sender().trySend(1);
            } catch (ReceiverClosedException e) {
                throw new IOException(e);
            }
        };
    }

    private static Sleeper netty(IoHandlerFactory io, Arrival arrival) {
        EventLoop loop = new MultiThreadIoEventLoopGroup(1, io).next();
        loop.submit(() -> {}).syncUninterruptibly(); // its thread starts now
        return () -> loop.execute(arrival::tell);
    }

    private static Sleeper queue(Arrival arrival) {
        LinkedTransferQueue<Integer> queue = new LinkedTransferQueue<>();
        start(() -> {
            try {
                while (true) {
                    queue.take();
                    arrival.tell();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody does that", e);
            }
        });
        return () -> queue.put(1);
    }

    private static void start(Runnable body) {
        Thread thread = new Thread(body, "sleeper");
        thread.setDaemon(true);
        thread.start();
    }

    private static void run(Core core, Future<Void> future) {
        try {
            core.run(future);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
