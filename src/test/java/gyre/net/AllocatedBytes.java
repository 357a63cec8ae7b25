package gyre.net;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;

/** What a thread has allocated so far. By reflection, since the engine's module does not read jdk.management. */
final class AllocatedBytes {
    /** What is left: asking for the count, a deoptimisation, a line of a log. Far below one object a message. */
    static final long CONSTANT = 20_000;

    private static final int ROUNDS = 6;

    private AllocatedBytes() {}

    interface Round {
        void run() throws Exception;
    }

    /** The least that the thread allocates in one of several rounds is at most so much a message. */
    static void assertAtMost(long each, int messages, Thread thread, Round round) throws Exception {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            long before = of(thread);
            round.run();
            least = Math.min(least, of(thread) - before);
        }
        long bytes = least;
        long most = CONSTANT + messages * each;
        assertTrue(bytes <= most, () -> bytes + " bytes for " + messages + " messages, at most " + most);
    }

    static long of(Thread thread) throws ReflectiveOperationException {
        Object threads = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null);
        Method bytes =
                Class.forName("com.sun.management.ThreadMXBean").getMethod("getThreadAllocatedBytes", long.class);
        return (long) bytes.invoke(threads, thread.getId());
    }
}
