package gyre.reactor;

import gyre.buffer.BufPool;
import gyre.future.Task;
import gyre.sys.Backend;
import gyre.sys.CpuBinding;
import gyre.sys.Selector;
import java.io.IOException;
import java.lang.Thread.UncaughtExceptionHandler;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What a {@link Core} turns: the queue, the selector, the wheel, and all that lives on them. */
final class Loop {
    /** Memory that no one has needed for so long is given back. */
    private static final long TRIM_NANOS = 1_000_000_000;

    /** Tasks between two looks at the selector: tokio's number ({@code event_interval}). */
    private static final int LOOK_EVERY = 61;

    private static final AtomicLong IDS = new AtomicLong();

    final long id = IDS.incrementAndGet();
    final Backend backend;
    final BufPool buffers;
    final Handle handle = new Handle(this);
    final Pinned pinned = new Pinned(this);

    private final Selector selector;
    private final TaskQueue queue = new TaskQueue();
    private final Waiting waiting;
    private final TimerWheel wheel = new TimerWheel();
    private final TimerNode trim = new TimerNode() {
        @Override
        void fire() {
            buffers.trim();
        }
    };
    private final long origin;
    private final UncaughtExceptionHandler uncaught;
    private final @Nullable CpuBinding cpu;
    private final @Nullable DebugMode debug;
    private final Set<PollEvented<?>> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private final AtomicBoolean draining = new AtomicBoolean();
    private @Nullable SpawnedTask<?> live;
    private @Nullable ForeignChannels channels;
    private volatile Thread owner = Thread.currentThread();
    private volatile boolean closed;
    private volatile @Nullable Throwable cause;

    Loop(
            Backend backend,
            BufPool buffers,
            UncaughtExceptionHandler uncaught,
            WaitStrategy strategy,
            @Nullable CpuBinding cpu,
            @Nullable DebugMode debug)
            throws IOException {
        this.backend = backend;
        this.buffers = buffers;
        this.uncaught = uncaught;
        this.cpu = cpu;
        selector = backend.selector();
        waiting = new Waiting(selector, queue, strategy);
        origin = selector.nanoTime();
        this.debug = debug;
        if (debug != null) {
            try {
                debug.open(this);
            } catch (Throwable e) { // no memory for its thread
                selector.close();
                throw e;
            }
        }
    }

    // --- any thread

    /** Queues a task that was not queued, and rings if the loop sleeps. */
    void push(SpawnedTask<?> task) {
        if (queue.push(task) && Thread.currentThread() != owner) {
            selector.wakeup();
        }
        if (closed) {
            rejectQueued();
        }
    }

    /** Ends the current or the next wait. */
    void ring() {
        waiting.ring();
    }

    boolean onLoop() {
        return Thread.currentThread() == owner;
    }

    boolean isClosed() {
        return closed;
    }

    LoopClosedException closedException() {
        return new LoopClosedException(id, cause);
    }

    /** Whose thread it is now. */
    Thread owner() {
        return owner;
    }

    /** What debug mode is to know of a task; null without it. */
    @Nullable Watched watch(SpawnedTask<?> task) {
        return debug == null ? null : new Watched(task, debug);
    }

    /** What the handler throws is ignored, as by {@link Thread}: the loop goes on. */
    void uncaught(Throwable e) {
        try {
            uncaught.uncaughtException(Thread.currentThread(), e);
        } catch (Throwable ignored) {
            return;
        }
    }

    /** Wakes a task that may be a user's own: one that throws, which none may, must not keep the others waiting. */
    void wake(Task task) {
        try {
            task.wake();
        } catch (Throwable e) {
            uncaught(e);
        }
    }

    // --- loop thread

    /** Fails unless called on the loop's thread, while the loop is open. */
    void check() {
        if (closed) {
            throw closedException();
        }
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("loop " + id + " belongs to thread \"" + owner.getName() + "\", this is \""
                    + Thread.currentThread().getName() + "\": hand the work over with handle.spawnFn(pinned -> ...)");
        }
    }

    void own() {
        owner = Thread.currentThread();
    }

    /** Binds this thread to the loop's CPU, if it has one. */
    void bind() throws IOException {
        if (cpu != null) {
            cpu.bind();
        }
    }

    void unbind() throws IOException {
        if (cpu != null) {
            cpu.restore();
        }
    }

    Selector selector() {
        return selector;
    }

    /** For a loop that always spins, what it tries without the selector. */
    @Nullable HotSource hot() {
        return waiting.hot();
    }

    /** The clock that timers run on: from 0 when the loop was made. */
    long now() {
        return selector.nanoTime() - origin;
    }

    void add(TimerNode timer) {
        wheel.add(timer);
    }

    void remove(TimerNode timer) {
        wheel.remove(timer);
    }

    /** Where channels are watched that others read and write. */
    ForeignChannels channels() {
        ForeignChannels watching = channels;
        if (watching == null) {
            watching = new ForeignChannels(this);
            channels = watching;
        }
        return watching;
    }

    void opened(PollEvented<?> evented) {
        open.add(evented);
    }

    void forget(PollEvented<?> evented) {
        open.remove(evented);
    }

    void adopt(SpawnedTask<?> task) {
        task.live = true;
        task.nextLive = live;
        if (live != null) {
            live.previousLive = task;
        }
        live = task;
    }

    void release(SpawnedTask<?> task) {
        if (!task.live) {
            return;
        }
        task.live = false;
        if (task.previousLive == null) {
            live = task.nextLive;
        } else {
            task.previousLive.nextLive = task.nextLive;
        }
        if (task.nextLive != null) {
            task.nextLive.previousLive = task.previousLive;
        }
        task.previousLive = null;
        task.nextLive = null;
    }

    /** Whether no spawned task is left; those that watch channels are the loop's own. */
    boolean isIdle() {
        for (SpawnedTask<?> task = live; task != null; task = task.nextLive) {
            if (task.spawned) {
                return false;
            }
        }
        return queue.isEmpty();
    }

    /** How many tasks are queued; walks them all. */
    int queued() {
        int[] count = {0};
        queue.forEach(task -> count[0]++);
        return count[0];
    }

    /** How many spawned tasks have not ended; walks them all. */
    int tasks() {
        int[] count = {0};
        for (SpawnedTask<?> task = live; task != null; task = task.nextLive) {
            count[0] += task.spawned ? 1 : 0;
        }
        queue.forEach(node -> {
            SpawnedTask<?> task = (SpawnedTask<?>) node;
            count[0] += task.spawned && !task.live && !task.over() ? 1 : 0;
        });
        return count[0];
    }

    /** One turn, as numbered in the package's description. */
    void turn(long maxWait) throws IOException {
        if (trim.slot < 0 && buffers.excess()) {
            trim.deadline = now() + TRIM_NANOS;
            wheel.add(trim);
        }
        if (debug != null) {
            debug.turn(this);
        }
        long wait = maxWait; // 1
        if (!queue.isEmpty()) {
            wait = 0;
        } else if (wheel.size() > 0) {
            wait = Math.min(wait, untilNextTimer());
        }
        waiting.await(wait); // 2
        fireTimers(); // 3, 4
        runTasks(); // 5
    }

    private long untilNextTimer() {
        long next = wheel.next();
        long now = now();
        return next <= now ? 0 : next - now;
    }

    private void fireTimers() {
        if (wheel.size() > 0) {
            wheel.advance(now());
        }
    }

    private void runTasks() throws IOException {
        queue.mark();
        int left = LOOK_EVERY;
        for (TaskQueue.Node task; (task = queue.next()) != null; ) {
            ((SpawnedTask<?>) task).run();
            if (--left == 0) {
                left = LOOK_EVERY;
                look();
            }
        }
    }

    /** In a long turn: else who became ready early in it would stand behind all that is woken in it. */
    private void look() throws IOException {
        if (selector.isEdgeTriggered()) {
            selector.select(0);
        }
        fireTimers();
    }

    /** Ends everything that lives here: tasks, sockets, timers. Later pushes are rejected by who makes them. */
    void close(@Nullable Throwable reason) throws IOException {
        cause = reason;
        draining.set(true); // what is pushed from now on is left to us
        closed = true;
        for (SpawnedTask<?> task; (task = live) != null; ) {
            task.cancelNow(closedException());
        }
        while (!queue.isEmpty()) {
            cancelQueued();
        }
        draining.set(false);
        rejectQueued();
        for (PollEvented<?> evented : open.toArray(new PollEvented<?>[0])) {
            try {
                evented.close();
            } catch (Throwable e) {
                uncaught(e);
            }
        }
        for (TimerNode timer; (timer = wheel.poll()) != null; ) {
            timer.fire();
        }
        if (debug != null) {
            debug.close();
        }
        try {
            if (channels != null) {
                channels.close();
            }
        } finally {
            selector.close();
        }
    }

    /**
     * Users' code runs in here, so nobody waits for anybody: who finds another one at it, or itself further up the stack,
     * leaves the task to that one, which looks again after it has let go.
     */
    private void rejectQueued() {
        while (!queue.isEmpty() && draining.compareAndSet(false, true)) {
            cancelQueued();
            draining.set(false);
        }
    }

    private void cancelQueued() {
        queue.mark();
        for (TaskQueue.Node task; (task = queue.next()) != null; ) {
            ((SpawnedTask<?>) task).cancelNow(closedException());
        }
        Thread.onSpinWait(); // a producer between its two steps
    }
}
