package gyre.reactor;

import gyre.buffer.BufPool;
import gyre.sys.Backend;
import gyre.sys.Backends;
import gyre.sys.CpuBinding;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.Thread.UncaughtExceptionHandler;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Options of a {@link Core}. */
public final class CoreBuilder {
    private static final Logger LOG = System.getLogger(Core.class.getName());

    /** Bound to none. */
    static final int ANY_CPU = -1;

    private @Nullable Backend backend;
    private String backendName = System.getProperty("gyre.backend", "auto");
    private int bufferSize = BufPool.DEFAULT_SIZE;
    private long maxBufferBytes = BufPool.DEFAULT_MAX_BYTES;
    private boolean checkedBuffers = Boolean.getBoolean(BufPool.CHECKED_PROPERTY);
    private WaitStrategy waitStrategy = WaitStrategy.park();
    private int cpu = ANY_CPU;
    private boolean lostWakeUps = Boolean.getBoolean("gyre.debug.wakeups");
    private long stallNanos = TimeUnit.MILLISECONDS.toNanos(Math.max(0, Long.getLong("gyre.debug.stalls", 0)));
    private UncaughtExceptionHandler uncaught =
            (thread, e) -> LOG.log(Logger.Level.WARNING, "a task failed on thread \"" + thread.getName() + "\"", e);

    CoreBuilder() {}

    /** Which backend, by name: {@code auto}, {@code epoll}, {@code nio}, ... Default: the property {@code gyre.backend}, else {@code auto}. */
    public CoreBuilder backend(String name) {
        this.backendName = Objects.requireNonNull(name, "name");
        this.backend = null;
        return this;
    }

    /**
     * This backend, which need not be found through {@link java.util.ServiceLoader}. It is not asked whether it can be used:
     * where it can't, {@link #open} fails as it does.
     */
    public CoreBuilder backend(Backend given) {
        this.backend = Objects.requireNonNull(given, "given");
        return this;
    }

    /** Bytes of each pooled buffer, at least 1; default {@link BufPool#DEFAULT_SIZE}. */
    public CoreBuilder bufferSize(int bytes) {
        this.bufferSize = bytes;
        return this;
    }

    /** Bound on the pooled buffers together, in bytes, at least one buffer; default {@link BufPool#DEFAULT_MAX_BYTES}. */
    public CoreBuilder maxBufferBytes(long bytes) {
        this.maxBufferBytes = bytes;
        return this;
    }

    /** Whether misuse of pooled buffers is tracked, at the price of allocation; default: the property {@code gyre.buffer.checked}. */
    public CoreBuilder checkedBuffers(boolean checked) {
        this.checkedBuffers = checked;
        return this;
    }

    /**
     * Debugging: whether tasks are reported whose future waits although nobody is left who could wake it, with the place where
     * they were spawned; logged at {@code WARNING} under this class's package and {@code Core}. One is seen by the garbage
     * collector's next run, and reported within a second of it. A task held by what only its own future can reach is not
     * seen. Costs two objects and a stack trace a task. Default: the property {@code gyre.debug.wakeups}, else off.
     */
    public CoreBuilder reportLostWakeUps(boolean report) {
        this.lostWakeUps = report;
        return this;
    }

    /**
     * Debugging: reports each poll that takes longer, while it does, with the stack of the loop's thread and the place where
     * its task was spawned; logged as above, by a thread that looks four times within the threshold. Default: the property
     * {@code gyre.debug.stalls}, in milliseconds if it is above zero, else off.
     *
     * @param threshold above zero; zero switches it off
     * @throws IllegalArgumentException if it is negative
     */
    public CoreBuilder reportStalls(Duration threshold) {
        this.stallNanos = Times.nanos(threshold, "threshold");
        return this;
    }

    /** Who hears, on the loop's thread, what spawned tasks fail with; default: logged at {@code WARNING}. */
    public CoreBuilder uncaughtExceptionHandler(UncaughtExceptionHandler handler) {
        this.uncaught = Objects.requireNonNull(handler, "handler");
        return this;
    }

    /** What the loop does when it has nothing to do; default {@link WaitStrategy#park}. */
    public CoreBuilder waitStrategy(WaitStrategy strategy) {
        this.waitStrategy = Objects.requireNonNull(strategy, "strategy");
        return this;
    }

    /**
     * Binds the thread that runs the loop to this CPU; default: to none. Linux only, on any backend.
     *
     * <p>A thread is bound while it is inside {@code run}, {@code turn} or {@code runUntilIdle}, and then gets back the CPUs
     * that it had. Threads that tasks start inherit the binding, as the system has it: start pools elsewhere.
     *
     * @param number the system's, from 0
     * @throws IllegalArgumentException if it is negative; whether it exists is found out by {@link #open}
     */
    public CoreBuilder cpu(int number) {
        this.cpu = checkCpu(number);
        return this;
    }

    static int checkCpu(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("a CPU's number is at least 0: " + number);
        }
        return number;
    }

    /**
     * Opens the Core; this thread owns it until another one runs it.
     *
     * @throws IllegalArgumentException if there is no backend of that name, a size is out of its bounds, or the process may
     *     not use that CPU
     * @throws UnsupportedOperationException if the named backend can't be used here, or none of all, or no thread can be bound
     *     to a CPU; the message says why
     * @throws IllegalStateException on a virtual thread
     * @throws IOException if the system refuses a descriptor
     */
    public Core open() throws IOException {
        return open(cpu);
    }

    /** Bound to that one. */
    Core open(int cpu) throws IOException {
        Core.refuseVirtualThread();
        BufPool buffers = new BufPool(bufferSize, maxBufferBytes, checkedBuffers);
        Backend chosen = backend != null ? backend : Backends.choose(backendName);
        CpuBinding binding = cpu == ANY_CPU ? null : Backends.cpuBinding(cpu);
        DebugMode debug =
                DebugMode.of(lostWakeUps, stallNanos, (what, where) -> LOG.log(Logger.Level.WARNING, what, where));
        return new Core(new Loop(chosen, buffers, uncaught, waitStrategy, binding, debug));
    }
}
