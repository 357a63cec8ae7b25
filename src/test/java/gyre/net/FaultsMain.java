package gyre.net;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Loop;
import gyre.io.Copy;
import gyre.io.ReadExact;
import gyre.io.ShutdownOutput;
import gyre.io.WriteAll;
import gyre.reactor.Core;
import gyre.reactor.Handle;
import gyre.reactor.JoinHandle;
import gyre.testing.Faults;
import gyre.testing.Faults.Call;
import gyre.testing.Faults.Kind;
import gyre.testing.OpenDescriptors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Behaviour under faults, in a JVM that {@link Faults#command} has started: {@code BACKEND FIRST COUNT}. First each error once,
 * at each of the first calls that may answer it; then so many runs by chance. With an even seed calls are only refused for
 * no reason, interrupted or cut short, and nobody may notice; with an odd one some fail, each failure has to reach the one
 * task that it is about, and the loop has to go on. Says each run that did otherwise.
 */
final class FaultsMain {
    private static final int CLIENTS = 3;
    private static final int ONE_IN = 12;
    private static final int ONE_FAILS_IN = 25;
    private static final int FIRST_CALLS = 4;
    private static final int CONNECTS = 4;
    private static final int CONNECTED_BYTES = 3_000;
    private static final Duration TICK = Duration.ofMillis(2);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Core core;
    private final Handle handle;
    private final ExecutorService threads;
    private final Plan plan;
    private int failures;
    private Throwable lastFailure;
    private int early;
    private int served;

    private FaultsMain(Core core, ExecutorService threads, Plan plan) {
        this.core = core;
        this.handle = core.handle();
        this.threads = threads;
        this.plan = plan;
    }

    /** What goes wrong. */
    private record Plan(String name, long seed, Runnable start, boolean failing) {
        static Plan none() {
            return new Plan("none", 0, () -> {}, true);
        }

        static Plan chance(String backend, long seed) {
            boolean failing = seed % 2 != 0;
            int oneIn = failing ? ONE_FAILS_IN : ONE_IN;
            return new Plan(
                    "seed " + seed, seed, () -> Faults.byChance(seed, oneIn, failing, spared(backend)), failing);
        }

        static Plan at(Call call, int number, int error) {
            String name = call + " no. " + number + " fails with errno " + error;
            return new Plan(name, number, () -> Faults.at(call, number, error), !Faults.isHarmless(call, error));
        }
    }

    /** java.nio's selector does not look at what epoll_ctl answers: who was not registered waits for ever. */
    private static Call spared(String backend) {
        return backend.equals("nio") ? Call.REGISTER : null;
    }

    private static List<Plan> plans(String backend, long first, long count) {
        List<Plan> plans = new ArrayList<>();
        for (Call call : Call.values()) {
            int error;
            for (int place = 0; call != spared(backend) && (error = Faults.error(call, place)) != 0; place++) {
                for (int number = 1; number <= FIRST_CALLS; number++) {
                    plans.add(Plan.at(call, number, error));
                }
            }
        }
        for (long seed = first; seed < first + count; seed++) {
            plans.add(Plan.chance(backend, seed));
        }
        return plans;
    }

    public static void main(String[] args) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        });
        long bad = 0;
        long connections = 0;
        run(args[0], threads, Plan.none()); // opens what stays open
        List<Plan> plans = plans(args[0], Long.parseLong(args[1]), Long.parseLong(args[2]));
        for (Plan plan : plans) {
            try {
                connections += run(args[0], threads, plan);
            } catch (Exception | AssertionError e) {
                bad++;
                System.out.println(plan.name + ": " + e);
                e.printStackTrace();
            }
        }
        System.out.println("bad " + bad + " of " + plans.size());
        System.out.println("connections " + connections);
        System.out.println("faults " + Faults.others() + " harmless, "
                + Faults.failures(Call.RECEIVE, Kind.STREAM) + " reads and " + Faults.failures(Call.SEND, Kind.STREAM)
                + " writes failed");
    }

    /** How many connections were served to their end. */
    private static int run(String backend, ExecutorService threads, Plan plan) throws Exception {
        int before = OpenDescriptors.now().count();
        int served;
        List<Throwable> uncaught = new ArrayList<>();
        try (Core core = Core.builder()
                .backend(backend)
                .uncaughtExceptionHandler((thread, e) -> uncaught.add(e))
                .open()) {
            FaultsMain run = new FaultsMain(core, threads, plan);
            run.serve();
            served = run.served;
        } finally {
            Faults.off();
        }
        if (!uncaught.isEmpty()) {
            throw new AssertionError("a task failed that may not", uncaught.get(0));
        }
        // Clients have closed theirs before they say that they are done.
        int after = OpenDescriptors.now().count();
        check(plan.seed == 0 || after <= before, "sockets or queues are left: " + after + ", before " + before);
        return served;
    }

    private void serve() throws Exception {
        long failedBefore = failedCalls();
        TcpListener listener = TcpListener.bind(OnLoop.loopback(0), handle);
        UdpSocket datagrams = UdpSocket.bind(OnLoop.loopback(0), handle);
        JoinHandle<Void> accepting = handle.spawn(listener.incoming().forEach(socket -> handle.spawn(echo(socket))));
        JoinHandle<Void> answering = handle.spawn(answer(datagrams));
        JoinHandle<Void> ticking = handle.spawn(ticks());
        InetSocketAddress server = listener.localAddress();

        InetSocketAddress other = datagrams.localAddress();
        ServerSocket peer = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        CompletableFuture<Void> serving = CompletableFuture.runAsync(() -> FaultsClient.serve(peer), threads);
        plan.start.run();
        JoinHandle<Void> connecting = handle.spawn(connects((InetSocketAddress) peer.getLocalSocketAddress()));
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            FaultsClient client = new FaultsClient(server, new Random(plan.seed * CLIENTS + i), plan.failing);
            clients.add(CompletableFuture.runAsync(client::streams, threads));
        }
        FaultsClient sender = new FaultsClient(other, new Random(plan.seed), plan.failing);
        clients.add(CompletableFuture.runAsync(sender::datagrams, threads));
        for (CompletableFuture<Void> each : clients) {
            try {
                core.run(handle.timeout(Futures.from(each), PATIENCE));
            } catch (Exception | AssertionError e) {
                if (lastFailure != null) {
                    e.addSuppressed(lastFailure);
                }
                throw e;
            }
        }
        core.run(handle.timeout(connecting, PATIENCE));
        Faults.off();
        peer.close();
        serving.join();

        FaultsClient last = new FaultsClient(server, new Random(plan.seed), false);
        core.run(handle.timeout(Futures.from(CompletableFuture.runAsync(last::streams, threads)), PATIENCE));
        accepting.abort();
        answering.abort();
        ticking.abort();
        listener.close();
        datagrams.close();
        check(core.runUntilIdle(PATIENCE), "a task is left");
        check(
                failures == failedCalls() - failedBefore,
                failures + " tasks failed by " + (failedCalls() - failedBefore) + " failed calls");
        check(handle.pinned().buffers().stats().taken() == 0, "a buffer is left");
        check(early == 0, "a timer was early");
    }

    private static long failedCalls() {
        return Faults.failures(Call.RECEIVE, Kind.STREAM) + Faults.failures(Call.SEND, Kind.STREAM);
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /** A failure counts if it comes of a call; what a client has cut off comes of no fault. */
    private Future<Void> echo(TcpStream socket) {
        return Futures.using(socket, s -> Copy.copy(s, s).andThen(n -> ShutdownOutput.shutdownOutput(s)))
                .then((value, error) -> {
                    failures += error == null ? 0 : 1;
                    lastFailure = error == null ? lastFailure : error;
                    served += error == null ? 1 : 0;
                    return Futures.done();
                });
    }

    /** From the loop; what can't be opened or connected is told to who wanted it. */
    private Future<Void> connects(InetSocketAddress to) {
        byte[] sent = OnLoop.pattern(CONNECTED_BYTES);
        return Futures.loopFn(
                1,
                number -> TcpStream.connect(to, handle)
                        .andThen(socket -> Futures.using(
                                        socket,
                                        s -> WriteAll.writeAll(s, Buf.copyOf(sent))
                                                .andThen(b -> ReadExact.readExact(s, Buf.allocate(sent.length)))
                                                .inspect(got -> check(
                                                        Arrays.equals(sent, got.bytes(sent.length)),
                                                        "the peer's bytes changed")))
                                .then((value, error) -> {
                                    failures += error == null ? 0 : 1;
                                    return Futures.done();
                                }))
                        .then((value, error) -> {
                            check(error == null || plan.failing && error instanceof IOException, "connect: " + error);
                            return Futures.ready(number == CONNECTS ? Loop.done(null) : Loop.again(number + 1));
                        }));
    }

    /** One after the other; a failed one is the sender's to send again. */
    private Future<Void> answer(UdpSocket socket) {
        Buf buf = Buf.allocate(1024);
        return Futures.loopFn(
                socket,
                s -> s.receiveDatagram(buf.clear())
                        .andThen(got -> s.sendDatagram(got.buf(), got.peer()))
                        .then((sent, error) -> Futures.ready(Loop.again(s))));
    }

    private Future<Void> ticks() {
        return Futures.loopFn(
                System.nanoTime(),
                start -> handle.sleep(TICK).map(done -> {
                    long now = System.nanoTime();
                    early += now - start < TICK.toNanos() ? 1 : 0;
                    return Loop.again(now);
                }));
    }
}
