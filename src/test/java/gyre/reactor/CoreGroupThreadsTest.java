package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gyre.sys.Backend;
import gyre.testing.Call;
import gyre.testing.EveryBackend;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The threads that a group makes for itself. */
@EveryBackend
class CoreGroupThreadsTest {
    private static final String PREFIX = "group-with-threads";

    private final Backend backend;

    CoreGroupThreadsTest(Backend backend) {
        this.backend = backend;
    }

    private CoreGroupBuilder builder() {
        return CoreGroup.builder().size(1).threads(PREFIX).core(Core.builder().backend(backend));
    }

    private static <T> T ofThread(CoreGroup group, Function<Thread, T> answer) throws Exception {
        return group.next()
                .spawn(Call.of(() -> answer.apply(Thread.currentThread())))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @Test
    void theyKeepTheJvmAliveThoughADaemonStartedThem() throws Exception {
        CompletableFuture<CoreGroup> started = new CompletableFuture<>();
        Thread daemon = new Thread(() -> started.completeAsync(this::start, Runnable::run));
        daemon.setDaemon(true);
        daemon.start();
        try (CoreGroup group = started.get(10, TimeUnit.SECONDS)) {
            assertFalse(ofThread(group, Thread::isDaemon));
        }
    }

    private CoreGroup start() {
        try {
            return builder().start();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void eachStartCountsThemFromZero() throws Exception {
        CoreGroupBuilder builder = builder();
        for (int round = 0; round < 2; round++) {
            try (CoreGroup group = builder.start()) {
                assertEquals(PREFIX + "-0", ofThread(group, Thread::getName));
            }
        }
    }

    @Test
    void cpusThatAreRefusedChangeNothing() throws Exception {
        CoreGroupBuilder builder = builder();
        assertThrows(IllegalArgumentException.class, builder::cpus);
        try (CoreGroup group = builder.start()) {
            assertEquals(1, group.handles().size());
        }
    }
}
