package gyre.examples;

import gyre.future.Futures;
import gyre.reactor.Blocking;
import gyre.reactor.Core;
import gyre.reactor.Handle;
import gyre.reactor.JoinHandle;
import gyre.reactor.LoopClosedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many virtual threads, each of which waits for one loop as if it had a thread to block. */
public final class VirtualThreads {
    private static final int THREADS = 10_000;
    private static final Duration NAP = Duration.ofMillis(100);

    private VirtualThreads() {}

    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        Arguments arguments = Arguments.of(
                "virtual-threads", "Has 10,000 virtual threads wait for timers of one loop, in two ways.", args);
        ExecutorService threads = perTask();
        Core core = Core.builder().backend(arguments.backend()).open();
        Thread loop = new Thread(() -> run(core), "loop");
        loop.start();
        long start = System.nanoTime();
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            answers.add(threads.submit(() -> nap(core.handle(), number)));
        }
        for (Future<String> answer : answers) {
            answer.get();
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        System.out.println(
                THREADS + " virtual threads waited " + NAP.toMillis() + " ms each, together " + millis + " ms");
        threads.shutdown();
        core.close();
        loop.join();
    }

    /** Runs on a virtual thread: both ways park it, and its carrier is free for others meanwhile. */
    private static String nap(Handle handle, int number) throws IOException, InterruptedException, ExecutionException {
        JoinHandle<String> nap = handle.spawn(handle.sleep(NAP).map(done -> "nap " + number));
        return number % 2 == 0 ? Blocking.block(nap) : nap.toCompletableFuture().get();
    }

    private static void run(Core core) {
        try {
            core.run(Futures.never());
        } catch (LoopClosedException e) {
            return; // main has closed it
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By reflection, since Gyre is compiled for JDK 17. */
    private static ExecutorService perTask() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new UsageException("virtual threads need JDK 21 or newer, this is "
                    + Runtime.version().feature());
        }
    }
}
