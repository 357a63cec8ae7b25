package gyre.future;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every combinator of one future: done is done, however it came about, and cancel is passed down once. */
class PolledAfterTheEndTest {
    private static Map<String, Function<Future<Integer>, Future<?>>> combinators() {
        Map<String, Function<Future<Integer>, Future<?>>> all = new LinkedHashMap<>();
        all.put("map", f -> f.map(n -> n));
        all.put("andThen, first", f -> f.andThen(Futures::ready));
        all.put("andThen, second", f -> Futures.ready(1).andThen(n -> f));
        all.put("then, first", f -> f.then((v, e) -> e == null ? Futures.ready(v) : Futures.failed(e)));
        all.put("then, second", f -> Futures.ready(1).then((v, e) -> f));
        all.put(
                "recover",
                f -> f.recover(e -> {
                    throw e;
                }));
        all.put("orElse, first", f -> f.orElse(Futures::failed));
        all.put(
                "orElse, second",
                f -> Futures.<Integer>failed(new IOException()).orElse(e -> f));
        all.put("mapError", f -> f.mapError(e -> e));
        all.put("onEnd", f -> f.onEnd(o -> {}));
        all.put("inspect", f -> f.inspect(n -> {}));
        all.put("join, first", f -> f.join(Futures.ready(1), Integer::sum));
        all.put("join, second", f -> Futures.ready(1).join(f, Integer::sum));
        all.put("select, first", f -> f.select(Futures.never()));
        all.put("select, second", f -> Futures.<Integer>never().select(f));
        all.put("selectEither, first", f -> f.selectEither(Futures.never()));
        all.put("selectEither, second", f -> Futures.<String>never().selectEither(f));
        all.put("shared", Future::shared);
        all.put("ordered", f -> Futures.ordered(List.of(f)).collect());
        all.put("flatten", f -> Streams.flatten(f.map(Streams::of)).collect());
        all.put("peekable", f -> f.intoStream().peekable().collect());
        all.put("collect by a Collector", f -> f.intoStream().collect(Collectors.toSet()));
        all.put(
                "takeWhileAwait",
                f -> Streams.of(1).takeWhileAwait(n -> f.map(m -> true)).collect());
        all.put(
                "skipWhileAwait",
                f -> Streams.of(1).skipWhileAwait(n -> f.map(m -> true)).collect());
        all.put("outcomes", f -> f.intoStream().outcomes().map(Outcome::get).collect());
        all.put("inspectError", f -> f.intoStream().inspectError(e -> {}).collect());
        all.put("race", f -> f.race(Futures.never()));
        all.put("lazy", f -> Futures.lazy(() -> f));
        all.put("pollFn", f -> cancelling(Futures.pollFn(f::poll), f));
        all.put("loopFn", f -> Futures.loopFn(0, n -> f.map(Loop::done)));
        all.put("using", f -> Futures.using(() -> {}, r -> f));
        all.put("joinAll", f -> Futures.joinAll(List.of(Futures.ready(1), f)));
        all.put("selectAll", f -> Futures.selectAll(List.of(Futures.never(), f)));
        all.put("selectOk", f -> Futures.selectOk(List.of(f)));
        all.put("forEach", f -> f.intoStream().forEach(n -> {}));
        all.put("forEachAwait, stream", f -> f.intoStream().forEachAwait(Futures::ready));
        all.put("forEachAwait, future", f -> Streams.of(1).forEachAwait(n -> f));
        all.put("fold", f -> f.intoStream().fold(0, Integer::sum));
        all.put("foldAwait", f -> Streams.of(1).foldAwait(0, (a, b) -> f));
        all.put("collect", f -> f.intoStream().collect());
        all.put("intoFuture", f -> f.intoStream().intoFuture());
        all.put("forward", f -> f.intoStream().forward(new ProbeSink<>(9, true)));
        all.put("buffered", f -> Streams.of(1).buffered(1, n -> f).collect());
        all.put("bufferUnordered", f -> Streams.of(1).bufferUnordered(1, n -> f).collect());
        all.put("unordered", f -> Futures.unordered(List.of(f)).collect());
        all.put("stream andThen", f -> Streams.of(1).andThen(n -> f).collect());
        all.put(
                "stream then",
                f -> f.intoStream()
                        .then((n, e) -> {
                            if (e != null) {
                                throw e;
                            }
                            return Futures.ready(n);
                        })
                        .collect());
        all.put(
                "stream select",
                f -> Streams.<Integer>empty().select(f.intoStream()).collect());
        all.put(
                "stream chain",
                f -> Streams.<Integer>empty().chain(f.intoStream()).collect());
        all.put(
                "stream zip",
                f -> Streams.of(1).zip(f.intoStream(), Integer::sum).collect());
        all.put(
                "stream flatMap",
                f -> Streams.of(1).flatMap(n -> f.intoStream()).collect());
        all.put(
                "stream map, filter, skip",
                f -> f.intoStream().map(n -> n).filter(n -> true).skip(0).collect());
        all.put("stream take", f -> f.intoStream().take(9).takeWhile(n -> true).collect());
        all.put("stream chunks", f -> f.intoStream().chunks(2).collect());
        return all;
    }

    /** pollFn has no way to cancel what its function polls. */
    private static Future<Integer> cancelling(Future<Integer> future, Future<Integer> inner) {
        return future.onEnd(outcome -> {
            if (outcome.isCancelled()) {
                inner.cancel();
            }
        });
    }

    private interface Case {
        void check(Probe<Integer> probe, Future<?> future) throws Exception;
    }

    private static Iterable<DynamicTest> each(Case check) {
        return combinators().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    Probe<Integer> probe = new Probe<>();
                    check.check(probe, entry.getValue().apply(probe));
                }))
                .toList();
    }

    @TestFactory
    Iterable<DynamicTest> afterSuccess() {
        return each((probe, future) -> {
            Block.assertPending(future);
            probe.complete(1);
            Block.on(future);
            Block.assertDone(future);
            future.cancel();
            assertTrue(!probe.cancelled);
        });
    }

    @TestFactory
    Iterable<DynamicTest> afterFailure() {
        return each((probe, future) -> {
            Block.assertPending(future);
            probe.fail("bad");
            Block.assertFails("bad", future);
            Block.assertDone(future);
            future.cancel();
            assertTrue(!probe.cancelled);
        });
    }

    @TestFactory
    Iterable<DynamicTest> afterAnError() {
        return each((probe, future) -> {
            Block.assertPending(future);
            probe.fail(new StackOverflowError());
            assertThrows(StackOverflowError.class, () -> future.poll(new FakeTask()));
            Block.assertDone(future);
        });
    }

    @TestFactory
    Iterable<DynamicTest> afterCancel() {
        return each((probe, future) -> {
            Block.assertPending(future);
            future.cancel();
            assertTrue(probe.cancelled);
            Block.assertDone(future);
            future.cancel();
        });
    }
}
