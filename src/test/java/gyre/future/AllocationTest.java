package gyre.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A poll that is pending, and a wake, allocate nothing. */
class AllocationTest {
    private static final int POLLS = 20_000;

    private static final Task TASK = () -> {};

    private static final Object BEAN;
    private static final Method BYTES;

    static {
        try {
            BEAN = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            BYTES = Class.forName("com.sun.management.ThreadMXBean").getMethod("getCurrentThreadAllocatedBytes");
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static Map<String, Future<?>> futures(Future<Integer> leaf) {
        Stream<Integer> idle = Streams.pollFn(task -> Poll.pending());
        Map<String, Future<?>> all = new LinkedHashMap<>();
        all.put(
                "chain",
                leaf.map(n -> n).andThen(Futures::ready).recover(e -> 1).onEnd(o -> {}));
        all.put("join", leaf.join(leaf, Integer::sum));
        all.put("select", leaf.select(leaf));
        all.put("selectEither", leaf.selectEither(leaf));
        all.put("shared", leaf.shared());
        all.put("ordered", Futures.ordered(List.of(leaf, leaf)).collect());
        all.put("fuse", leaf.fuse());
        all.put("fromStage", Futures.from(new CompletableFuture<Integer>()).select(leaf));
        all.put("flatten", Streams.flatten(leaf.map(Streams::of)).peekable().collect());
        all.put(
                "skipWhileAwait",
                Streams.of(1)
                        .skipWhileAwait(n -> leaf.map(m -> true))
                        .outcomes()
                        .collect());
        all.put("loopFn", Futures.loopFn(0, n -> leaf.map(Loop::done)));
        all.put("using", Futures.using(() -> {}, r -> leaf));
        all.put("joinAll", Futures.joinAll(List.of(leaf, leaf)));
        all.put("selectAll", Futures.selectAll(List.of(leaf, leaf)));
        all.put("buffered", Streams.of(1, 2).chain(idle).buffered(3, n -> leaf).collect());
        all.put(
                "unordered",
                Streams.of(1, 2).chain(idle).bufferUnordered(3, n -> leaf).forEach(n -> {}));
        all.put("forEach", idle.map(n -> n).filter(n -> true).take(9).skip(1).forEach(n -> {}));
        all.put("forEachAwait", idle.select(idle).forEachAwait(Futures::ready));
        all.put("forward", idle.forward(new ProbeSink<>(1, true)));
        return all;
    }

    @TestFactory
    Iterable<DynamicTest> pendingAllocatesNothing() {
        Task[] kept = {TASK};
        Future<Integer> leaf = task -> {
            kept[0] = task;
            return Poll.pending();
        };
        return futures(leaf).entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    Future<?> future = entry.getValue();
                    pollOften(future, kept);
                    long fewest = Long.MAX_VALUE;
                    // the JVM itself allocates now and then on this thread: the quietest run counts
                    for (int i = 0; i < 5; i++) {
                        long before = allocated();
                        long empty = allocated() - before;
                        before = allocated();
                        pollOften(future, kept);
                        fewest = Math.min(fewest, allocated() - before - empty);
                    }
                    assertTrue(fewest < POLLS, entry.getKey() + ": " + fewest + " bytes in " + POLLS + " polls");
                }))
                .toList();
    }

    private static void pollOften(Future<?> future, Task[] kept) throws Exception {
        for (int i = 0; i < POLLS; i++) {
            kept[0].wake();
            if (!future.poll(TASK).isPending()) {
                assertEquals("pending", "done");
            }
        }
    }

    /** By reflection: the module of the tests is the engine's, which does not read the JDK's management modules. */
    private static long allocated() throws ReflectiveOperationException {
        return (long) BYTES.invoke(BEAN);
    }
}
