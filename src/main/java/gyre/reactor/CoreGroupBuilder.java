package gyre.reactor;

import gyre.future.Futures;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Options of a {@link CoreGroup}. */
public final class CoreGroupBuilder {
    private int size = Runtime.getRuntime().availableProcessors();
    private int @Nullable [] cpus;
    private CoreBuilder core = Core.builder();
    private Supplier<ThreadFactory> threads = () -> named("gyre-loop");

    CoreGroupBuilder() {}

    /** How many loops, at least 1; default: {@link Runtime#availableProcessors}. */
    public CoreGroupBuilder size(int loops) {
        if (loops < 1) {
            throw new IllegalArgumentException("size must be at least 1: " + loops);
        }
        this.size = loops;
        return this;
    }

    /**
     * As many loops as numbers, each bound to its CPU as by {@link CoreBuilder#cpu}. One may stand here more than once.
     *
     * @throws IllegalArgumentException if there is none, or one is negative
     */
    public CoreGroupBuilder cpus(int... numbers) {
        for (int number : numbers) {
            CoreBuilder.checkCpu(number);
        }
        size(numbers.length);
        this.cpus = numbers.clone();
        return this;
    }

    /** What each loop is opened with: backend, buffers, how it waits, who hears of failures; default: {@link Core#builder}. */
    public CoreGroupBuilder core(CoreBuilder options) {
        this.core = Objects.requireNonNull(options, "options");
        return this;
    }

    /** Names the threads {@code PREFIX-0} and so on; default {@code gyre-loop}. They keep the JVM alive. */
    public CoreGroupBuilder threads(String prefix) {
        Objects.requireNonNull(prefix, "prefix");
        this.threads = () -> named(prefix);
        return this;
    }

    /** Makes the threads, in place of names; platform threads only. */
    public CoreGroupBuilder threadFactory(ThreadFactory factory) {
        Objects.requireNonNull(factory, "factory");
        this.threads = () -> factory;
        return this;
    }

    /** Starts the loops; errors as in {@link #start(SpawnFunction)}. */
    public CoreGroup start() throws IOException {
        return start(pinned -> Futures.done());
    }

    /**
     * Starts the loops, has each set up by a future that the function builds on its thread, and waits until all are. What is to
     * go on after that has to be spawned; the value is dropped.
     *
     * <p>If that fails for one, all are closed again before this throws.
     *
     * @throws IOException if a setup failed so, or the system refuses a descriptor
     * @throws java.util.concurrent.CompletionException around any other checked exception of a setup; unchecked ones come as
     *     they are
     * @throws java.io.InterruptedIOException if this thread is interrupted while it waits
     * @throws IllegalStateException on the thread of a loop, or if the factory gives no platform thread
     * @throws IllegalArgumentException as in {@link CoreBuilder#open}, or if the size was changed after {@link #cpus}
     * @throws UnsupportedOperationException as in {@link CoreBuilder#open}
     */
    public <T extends @Nullable Object> CoreGroup start(SpawnFunction<T> setup) throws IOException {
        Objects.requireNonNull(setup, "setup");
        if (cpus != null && cpus.length != size) {
            throw new IllegalArgumentException(size + " loops can't be bound to " + cpus.length + " CPUs, one each");
        }
        return CoreGroup.start(size, core, cpus, threads.get(), setup);
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return loop -> {
            Thread thread = new Thread(loop, prefix + "-" + count.getAndIncrement());
            thread.setDaemon(false); // whatever the starter's is
            return thread;
        };
    }
}
