package gyre.examples.guide;

import static gyre.examples.guide.RunningLoop.ANY_PORT;
import static gyre.examples.guide.RunningLoop.PATIENCE;
import static gyre.examples.guide.RunningLoop.client;
import static gyre.examples.guide.RunningLoop.read;
import static gyre.examples.guide.RunningLoop.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gyre.channel.Channel;
import gyre.channel.Sender;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Streams;
import gyre.io.Copy;
import gyre.net.SharedPort;
import gyre.net.TcpListener;
import gyre.reactor.Blocking;
import gyre.reactor.Core;
import gyre.reactor.CoreGroup;
import gyre.reactor.Handle;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class ThreadsTest {
    @Test
    void loopsShareAPort() throws Exception {
        // guide: shared
        SharedPort port = SharedPort.of(ANY_PORT);
        try (CoreGroup group = CoreGroup.builder().size(2).start(pinned -> {
            TcpListener listener = port.listen(pinned.handle());
            pinned.spawn(listener.incoming()
                    .forEach(socket -> pinned.spawn(Futures.using(socket, s -> Copy.copy(s, s)))));
            return Futures.done();
        })) {
            whileServing(port.address(), group);
        }
        // end
    }

    private static void whileServing(InetSocketAddress address, CoreGroup group) throws Exception {
        assertEquals(2, group.handles().size());
        for (int i = 0; i < 8; i++) {
            try (Socket client = client(address)) {
                write(client, "each");
                assertEquals("each", read(client, 4));
            }
        }
    }

    @Test
    void oneLoopAcceptsForOthers() throws Exception {
        Set<Long> served = new HashSet<>();
        try (Core core = Core.open();
                CoreGroup group = CoreGroup.builder().size(2).start()) {
            TcpListener listener = TcpListener.bind(ANY_PORT, core.handle());
            CompletableFuture<Void> clients = clients(listener.localAddress());
            // guide: handover
            Future<Void> acceptor = listener.handover().forEach(accepted -> {
                Handle next = group.next();
                served.add(next.id());
                accepted.spawn(next, socket -> Copy.copy(socket, socket));
            });
            // end
            core.run(acceptor.race(Futures.from(clients)));
            assertEquals(2, served.size());
        }
    }

    private static CompletableFuture<Void> clients(InetSocketAddress address) {
        return CompletableFuture.runAsync(() -> {
            try (Socket first = client(address);
                    Socket second = client(address)) {
                write(first, "first");
                write(second, "second");
                assertEquals("first", read(first, 5));
                assertEquals("second", read(second, 6));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void otherThreadsAskTheLoop() throws Exception {
        try (RunningLoop loop = new RunningLoop()) {
            InetSocketAddress server =
                    CodecTest.serve(loop, socket -> Copy.copy(socket, socket).map(bytes -> null));
            Handle handle = loop.handle();
            // guide: elsewhere
            CompletableFuture<String> later = handle.spawnFn(
                            pinned -> FirstServerTest.ask(server, "one", 3, pinned.handle()))
                    .toCompletableFuture();
            String now = Blocking.block(
                    handle.spawnFn(pinned -> FirstServerTest.ask(server, "two", 3, pinned.handle())),
                    Duration.ofSeconds(10));
            // end
            assertEquals("one", later.join());
            assertEquals("two", now);
            assertThrows(IllegalStateException.class, handle::pinned);
        }
    }

    @Test
    void aProducerIsHeldBack() throws Exception {
        try (RunningLoop loop = new RunningLoop()) {
            Handle handle = loop.handle();
            // guide: channel
            Channel<Integer> numbers = Channel.bounded(16);
            Thread producer = new Thread(() -> {
                try (Sender<Integer> sender = numbers.sender()) {
                    for (int i = 1; i <= 1_000; i++) {
                        Blocking.block(sender.send(i)); // waits while 16 are on their way
                    }
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            producer.start();
            Future<Integer> sum = numbers.receiver().fold(0, Integer::sum); // ends with the last sender
            // end
            assertEquals(500_500, Blocking.block(handle.spawn(sum), PATIENCE));
            producer.join();
        }
    }

    @Test
    void blockingWorkLeavesTheLoopAlone() throws Exception {
        try (RunningLoop loop = new RunningLoop()) {
            Handle handle = loop.handle();
            // guide: blocking
            ExecutorService workers = Executors.newFixedThreadPool(4);
            Future<String> answer = Futures.callOn(workers, () -> slowQuery("gyre"));
            Future<String> bounded = handle.timeout(answer, Duration.ofSeconds(5)); // interrupts it when over
            // end
            assertEquals("gyre off the loop", Blocking.block(handle.spawn(bounded), PATIENCE));
            workers.shutdown();
        }
    }

    private static String slowQuery(String name) {
        return name + (Thread.currentThread().getName().startsWith("pool") ? " off the loop" : " on the loop");
    }

    @Test
    void stagesAndPublishers() throws Exception {
        try (RunningLoop loop = new RunningLoop()) {
            Handle handle = loop.handle();
            // guide: interop
            Future<Integer> fromStage = Futures.from(CompletableFuture.supplyAsync(() -> 20));
            CompletableFuture<Integer> toStage = handle.spawn(fromStage).toCompletableFuture();

            Flow.Publisher<Integer> publisher = handle.publisher(() -> Streams.of(1, 2, 3));
            Future<List<Integer>> fromPublisher = Streams.from(publisher, 16).collect();
            // end
            assertEquals(20, toStage.join());
            assertEquals(List.of(1, 2, 3), Blocking.block(fromPublisher, PATIENCE));
        }
    }
}
