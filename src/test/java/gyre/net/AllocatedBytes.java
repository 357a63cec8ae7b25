package gyre.net;

import java.lang.reflect.Method;

/** What a thread has allocated so far. By reflection, since the engine's module does not read jdk.management. */
final class AllocatedBytes {
    /** What is left: asking for the count, a deoptimisation, a line of a log. Far below one object a message. */
    static final long CONSTANT = 20_000;

    private AllocatedBytes() {}

    static long of(Thread thread) throws ReflectiveOperationException {
        Object threads = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null);
        Method bytes =
                Class.forName("com.sun.management.ThreadMXBean").getMethod("getThreadAllocatedBytes", long.class);
        return (long) bytes.invoke(threads, thread.getId());
    }
}
