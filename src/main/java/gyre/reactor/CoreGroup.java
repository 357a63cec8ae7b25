package gyre.reactor;

import gyre.future.Future;
import gyre.future.Futures;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Several loops that start and end together, each a {@link Core} on a platform thread of its own.
 *
 * <pre>
 *   SharedPort port = SharedPort.of(address);
 *   try (CoreGroup group = CoreGroup.builder().size(4).start(pinned -&gt; {
 *       TcpListener listener = port.listen(pinned.handle());
 *       pinned.spawn(listener.incoming().forEach(socket -&gt; pinned.spawn(serve(socket))));
 *       return Futures.done();
 *   })) { ... }
 * </pre>
 *
 * <p><b>All or none.</b> There is no half-started group: if one loop can't be opened or set up, those that were are closed,
 * and {@code start} fails. There is no half-dead one either: a loop that ends by itself (a {@link VirtualMachineError} in a
 * task, a selector that fails) closes the others, and {@link #ended} says why. Other failures of tasks end nothing, as on
 * any {@link Core}.
 *
 * <p><b>Threads.</b> All methods work from any thread.
 */
public final class CoreGroup implements Closeable {
    private static final Logger LOG = System.getLogger(CoreGroup.class.getName());

    /** Set on the threads of every group: none of them waits for a loop. */
    private static final ThreadLocal<Boolean> MEMBER = ThreadLocal.withInitial(() -> false);

    private final List<Core> cores;
    private final List<Handle> handles;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger starting;
    private final AtomicInteger running;
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicReference<@Nullable Throwable> cause = new AtomicReference<>();
    private volatile boolean closing;

    private CoreGroup(List<Core> cores) {
        this.cores = cores;
        this.handles = cores.stream().map(Core::handle).toList();
        this.starting = new AtomicInteger(cores.size());
        this.running = new AtomicInteger(cores.size());
    }

    /** Options for a group. */
    public static CoreGroupBuilder builder() {
        return new CoreGroupBuilder();
    }

    static <T extends @Nullable Object> CoreGroup start(
            int size, CoreBuilder core, int @Nullable [] cpus, ThreadFactory factory, SpawnFunction<T> setup)
            throws IOException {
        if (waitsForNoLoop()) {
            throw new IllegalStateException("starting a group waits for its loops, which a loop's thread must not do");
        }
        CoreGroup group = new CoreGroup(open(size, core, cpus));
        try {
            for (int i = 0; i < size; i++) {
                group.launch(i, factory, setup);
            }
            CompletableFuture.anyOf(group.started, group.ended).get();
        } catch (ExecutionException e) {
            group.close();
            throw SpawnedTask.thrown(Objects.requireNonNull(e.getCause()));
        } catch (InterruptedException e) {
            group.close();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a group of " + size + " loops was starting");
        } catch (Throwable e) {
            group.abandon(e);
            throw e;
        }
        return group;
    }

    private static List<Core> open(int size, CoreBuilder core, int @Nullable [] cpus) throws IOException {
        List<Core> opened = new ArrayList<>();
        try {
            for (int i = 0; i < size; i++) {
                opened.add(cpus == null ? core.open() : core.open(cpus[i]));
            }
        } catch (Throwable e) {
            closeAll(opened, e);
            throw e;
        }
        return List.copyOf(opened);
    }

    private <T extends @Nullable Object> void launch(int index, ThreadFactory factory, SpawnFunction<T> setup) {
        Core core = cores.get(index);
        Thread thread = factory.newThread(() -> run(core, setup));
        if (thread == null) {
            throw new IllegalStateException("the thread factory gave no thread: " + factory);
        }
        thread.start();
        threads.add(thread);
    }

    /** A thread could not be had: ends the loops that have one, and closes here those that have none. */
    private void abandon(Throwable e) {
        close();
        closeAll(cores.subList(threads.size(), cores.size()), e);
    }

    private static void closeAll(List<Core> cores, Throwable reason) {
        for (Core core : cores) {
            try {
                core.close();
            } catch (IOException e) {
                reason.addSuppressed(e);
            }
        }
    }

    // --- the loops' threads

    private <T extends @Nullable Object> void run(Core core, SpawnFunction<T> setup) {
        MEMBER.set(true);
        Throwable failure = null;
        try {
            Future<T> first = Futures.lazy(() -> setup.apply(core.handle().pinned()));
            core.run(first.andThen(done -> {
                if (starting.decrementAndGet() == 0) {
                    started.complete(null);
                }
                return Futures.never();
            }));
        } catch (Throwable e) {
            failure = e;
        }
        try {
            core.close(); // where the selector failed, nobody has yet
        } catch (Throwable e) {
            if (failure == null) {
                failure = e;
            } else if (failure != e) {
                failure.addSuppressed(e);
            }
        }
        if (failure != null && !(closing && failure instanceof LoopClosedException)) {
            died(core, failure);
        }
        if (running.decrementAndGet() == 0) {
            Throwable reason = cause.get();
            if (reason == null) {
                ended.complete(null);
            } else {
                ended.completeExceptionally(reason);
            }
        }
    }

    private void died(Core core, Throwable e) {
        boolean first = cause.compareAndSet(null, e);
        mark();
        if (!first || started.isDone()) { // else start throws it
            LOG.log(Logger.Level.ERROR, core + " has ended, and so does its group", e);
        }
    }

    // --- any thread

    /** How to reach the loops, in the order of their threads; always the same list. */
    public List<Handle> handles() {
        return handles;
    }

    /** The next loop's in turn, whoever asks: spreads work evenly. Takes no lock. */
    public Handle next() {
        return handles.get((turn.getAndIncrement() & Integer.MAX_VALUE) % handles.size());
    }

    /**
     * Done when the last loop has ended; fails with what the first one to die died of. Each call gives a new one. What depends
     * on it runs on that loop's thread, unless it is given an executor. Waiting for it on a loop of the group never ends.
     */
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    /**
     * Closes every loop, as {@link Core#close} does, and waits until all their threads have ended. From any thread, any number
     * of times; on a thread of a group and inside any {@link Core} it only begins, and does not wait. What goes wrong is
     * told by {@link #ended}.
     */
    @Override
    public void close() {
        mark();
        if (waitsForNoLoop()) {
            return;
        }
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void mark() {
        closing = true;
        cores.forEach(Core::closeLater);
    }

    private static boolean waitsForNoLoop() {
        return MEMBER.get() || Core.inside() != null;
    }

    @Override
    public String toString() {
        return "CoreGroup" + cores;
    }
}
