package gyre.soak;

import gyre.reactor.Handle;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a process holds.
 *
 * @param descriptors sockets, pipes and queues that are open
 * @param threads live ones
 * @param tasks spawned ones of the loop that have not ended
 * @param buffers of the loop's pool that are out
 * @param offHeap bytes of direct buffers
 * @param heap bytes in use, garbage included unless it was collected before
 */
record Census(long descriptors, int threads, int tasks, int buffers, long offHeap, long heap) {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    /** Now, as the loop itself says it. */
    static Census of(Handle handle) throws IOException, InterruptedException, Violation {
        int[] loop = Wait.forValue(handle.spawnFn(pinned -> task -> gyre.future.Poll.ready(
                new int[] {pinned.tasks() - 1, pinned.buffers().stats().taken()})));
        return new Census(
                descriptorCount(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                loop[0],
                loop[1],
                direct(),
                used());
    }

    /** The same after the garbage was collected. */
    static Census afterCollection(Handle handle) throws IOException, InterruptedException, Violation {
        System.gc();
        return of(handle);
    }

    /** The larger of both, figure by figure. */
    Census orMore(Census other) {
        return new Census(
                Math.max(descriptors, other.descriptors),
                Math.max(threads, other.threads),
                Math.max(tasks, other.tasks),
                Math.max(buffers, other.buffers),
                Math.max(offHeap, other.offHeap),
                Math.max(heap, other.heap));
    }

    /** Fails if there is more than there may be beside what another one counted. */
    void checkAtMost(Census start, int more) throws Violation {
        if (descriptors > start.descriptors + more) {
            throw new Violation(descriptors + " descriptors are open, at the start " + start.descriptors);
        }
        if (threads > start.threads + more) {
            throw new Violation(threads + " threads, at the start " + start.threads);
        }
        if (tasks > start.tasks + more) {
            throw new Violation(tasks + " tasks, at the start " + start.tasks);
        }
        if (buffers > start.buffers + more) {
            throw new Violation(buffers + " buffers are out, at the start " + start.buffers);
        }
    }

    /** Fails if there is more memory in use than another one counted, and so many bytes. */
    void checkMemory(Census start, long more) throws Violation {
        if (heap > start.heap + more) {
            throw new Violation("the heap holds " + heap + " bytes, at the start " + start.heap);
        }
        if (offHeap > start.offHeap + more) {
            throw new Violation("direct buffers hold " + offHeap + " bytes, at the start " + start.offHeap);
        }
    }

    /** Waits until no more is there than another one counted, of memory no more than so many bytes; for half a minute. */
    static Census settled(Handle handle, Census start, long memory)
            throws IOException, InterruptedException, Violation {
        long deadline = System.nanoTime() + PATIENCE;
        while (true) {
            Census end = afterCollection(handle);
            try {
                end.checkAtMost(start, 0);
                end.checkMemory(start, memory);
                return end;
            } catch (Violation e) {
                if (System.nanoTime() > deadline) {
                    throw new Violation("in the end: " + e.getMessage(), e);
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    /** Sockets, pipes and queues; what the JVM opens to load classes is left out. */
    private static long descriptorCount() throws IOException {
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
            return links.filter(Census::isOurs).count();
        }
    }

    private static boolean isOurs(Path link) {
        try {
            return !Files.readSymbolicLink(link).toString().startsWith("/");
        } catch (IOException e) {
            return false; // closed since it was listed
        }
    }

    private static long direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** In words. */
    String text() {
        return descriptors + " descriptors, " + threads + " threads, " + tasks + " tasks, " + buffers + " buffers out, "
                + (offHeap >> 10) + " KiB off-heap, " + (heap >> 10) + " KiB heap";
    }
}
