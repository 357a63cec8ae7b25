package gyre.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A source that is always ready does not keep the task for ever. */
class BudgetTest {
    private static final int BUDGET = 100;

    private int items;
    private final Stream<Integer> endless = Streams.pollFn(task -> Poll.ready(items++));

    private Map<String, Function<Stream<Integer>, Future<?>>> loops() {
        Map<String, Function<Stream<Integer>, Future<?>>> loops = new TreeMap<>();
        ProbeSink<Integer> sink = new ProbeSink<>(Integer.MAX_VALUE, true);
        loops.put("forEach", s -> s.forEach(n -> {}));
        loops.put("forEachAwait", s -> s.forEachAwait(Futures::ready));
        loops.put("fold", s -> s.fold(0, Integer::sum));
        loops.put("foldAwait", s -> s.foldAwait(0, (a, b) -> Futures.ready(a + b)));
        loops.put("collect", Stream::collect);
        loops.put("filter", s -> s.filter(n -> false).intoFuture());
        loops.put("filterMap", s -> s.filterMap(n -> Optional.empty()).intoFuture());
        loops.put("skip", s -> s.skip(Long.MAX_VALUE).intoFuture());
        loops.put("skipWhile", s -> s.skipWhile(n -> true).intoFuture());
        loops.put(
                "skipWhileAwait",
                s -> s.skipWhileAwait(n -> Futures.ready(true)).intoFuture());
        loops.put("collect by a Collector", s -> s.collect(Collectors.counting()));
        loops.put("withFlatMap", s -> Streams.of(1).forward(sink.withFlatMap(n -> s)));
        loops.put("flatMap", s -> s.flatMap(n -> Streams.empty()).intoFuture());
        loops.put("chunks", s -> s.chunks(Integer.MAX_VALUE).intoFuture());
        loops.put(
                "buffered",
                s -> s.buffered(Integer.MAX_VALUE, n -> Futures.never()).intoFuture());
        loops.put("bufferUnordered", s -> s.bufferUnordered(9, Futures::ready).forEach(n -> {}));
        loops.put("forward", s -> s.forward(sink));
        loops.put("loopFn", s -> Futures.loopFn(0, n -> s.intoFuture().map(x -> Loop.again(n + 1))));
        loops.put("andThen", s -> forEver(s));
        return loops;
    }

    private static Future<Integer> forEver(Stream<Integer> stream) {
        return stream.intoFuture().andThen(n -> forEver(stream));
    }

    @Test
    void everyLoopGivesTheTurnUp() {
        loops().forEach((name, loop) -> {
            items = 0;
            FakeTask task = new FakeTask();
            task.budget = BUDGET;
            Future<?> future = loop.apply(endless);
            for (int turn = 1; turn <= 3; turn++) {
                task.spent = 0;
                try {
                    assertTrue(future.poll(task).isPending(), name);
                } catch (Exception e) {
                    throw new AssertionError(name, e);
                }
                assertTrue(task.wakes() > 0, name + " was not woken");
                assertTrue(items <= turn * (BUDGET + 1), name + " took " + items);
                assertTrue(items >= turn * BUDGET / 4, name + " took only " + items);
            }
        });
    }

    @Test
    void joinAllGivesTheTurnUp() throws Exception {
        FakeTask task = new FakeTask();
        task.budget = 10;
        Future<List<Integer>> all = Futures.joinAll(
                Collections.nCopies(25, 1).stream().map(Futures::ready).toList());
        assertTrue(all.poll(task).isPending());
        assertEquals(1, task.wakes());
        task.spent = 0;
        assertTrue(all.poll(task).isPending());
        task.spent = 0;
        assertEquals(25, all.poll(task).value().size());
    }

    /** Combinators of something that uses up the budget of each poll, and of something that one unit of it suffices for. */
    private Map<String, Function<Future<Void>, Future<?>>> sides() {
        Map<String, Function<Future<Void>, Future<?>>> sides = new TreeMap<>();
        sides.put("race", f -> busy().race(f));
        sides.put("selectEither", f -> busy().selectEither(f));
        sides.put("join", f -> busy().join(f, (a, b) -> a));
        sides.put("race, the first of three", f -> f.race(busy()).race(busy()));
        sides.put("race, the second of three", f -> busy().race(f).race(busy()));
        sides.put("race, the third of three", f -> busy().race(busy()).race(f));
        sides.put("join, the second of three", f -> busy().join(f, (a, b) -> a).join(busy(), (a, b) -> a));
        sides.put("join, the fourth of four", f -> Futures.join(busy(), busy(), busy(), f, (a, b, c, d) -> a));
        sides.put("joinAll", f -> Futures.joinAll(List.of(busy(), busy(), f)));
        sides.put("selectAll", f -> Futures.selectAll(List.of(busy(), busy(), f)));
        sides.put("selectOk", f -> Futures.selectOk(List.of(busy(), busy(), f)));
        sides.put(
                "unordered", f -> Futures.unordered(List.of(busy(), busy(), f)).forEach(x -> {}));
        sides.put("ordered", f -> Futures.ordered(List.of(busy(), busy(), f)).forEach(x -> {}));
        sides.put(
                "select of streams",
                f -> busy().intoStream().select(f.intoStream()).forEach(x -> {}));
        sides.put(
                "select of streams, the second of three",
                f -> busy().intoStream()
                        .select(f.intoStream())
                        .select(busy().intoStream())
                        .forEach(x -> {}));
        sides.put(
                "zip", f -> busy().intoStream().zip(f.intoStream(), (a, b) -> a).forEach(x -> {}));
        sides.put("buffered", f -> onlyOne().buffered(2, n -> f).forEach(x -> {}));
        sides.put("bufferUnordered", f -> onlyOne().bufferUnordered(2, n -> f).forEach(x -> {}));
        sides.put(
                "forward",
                f -> onlyOne().forward(new Sink<>() {
                    private final Future<Void> flush = f.fuse();

                    @Override
                    public boolean startSend(Task task, Integer item) {
                        return true;
                    }

                    @Override
                    public Poll<Void> pollFlush(Task task) throws Exception {
                        return flush.poll(task);
                    }
                }));
        return sides;
    }

    /** Is never done. */
    private Future<Void> busy() {
        return endless.forEach(n -> {});
    }

    /** Gives an item, and from then on looks for another one in vain. */
    private Stream<Integer> onlyOne() {
        return endless.filter(n -> n == 0);
    }

    @Test
    void aSideThatUsesTheBudgetUpLeavesTheOtherOneItsTurn() {
        List<String> starving = new ArrayList<>();
        sides().forEach((name, combinator) -> {
            items = 0;
            FakeTask task = new FakeTask();
            task.budget = BUDGET;
            boolean[] served = {false};
            Future<?> future = combinator.apply(Futures.pollFn(t -> {
                served[0] = t.spend(1);
                return served[0] ? Poll.done() : Poll.pending();
            }));
            for (int turn = 1; turn <= 8 && !served[0]; turn++) {
                task.spent = 0;
                try {
                    future.poll(task);
                } catch (Exception e) {
                    throw new AssertionError(name, e);
                }
                assertTrue(served[0] || task.wakes() > 0, name + " was not woken");
            }
            if (!served[0]) {
                starving.add(name);
            }
        });
        assertEquals(List.of(), starving);
    }

    @Test
    void aSideThatUsesTheBudgetUpAndThenWaitsCostsOnePollMore() throws Exception {
        FakeTask task = new FakeTask();
        task.budget = BUDGET;
        int[] polls = {0};
        Future<Object> exact = Futures.pollFn(t -> {
            t.spend(polls[0]++ == 0 ? BUDGET : 0);
            return Poll.pending();
        });
        Future<Object> join = exact.join(Futures.never().race(Futures.never()), (a, b) -> a);
        assertTrue(join.poll(task).isPending());
        assertTrue(task.wakes() > 0);
        task.spent = 0;
        assertTrue(join.poll(task).isPending());
        assertEquals(0, task.wakes());
        assertEquals(2, polls[0]);
    }
}
