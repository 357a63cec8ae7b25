package gyre.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.future.Poll;
import gyre.future.Task;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

/** What an item costs on its way. */
class ChannelAllocationTest {
    private static final int ITEMS = 20_000;

    /** A header of 12 bytes and two references, rounded up; more where references are 8 bytes. */
    private static final int NODE = 32;

    private static final Object BEAN;
    private static final Method BYTES;
    private static final Task TASK = () -> {};

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

    private interface Round {
        void run(Channel<Object> channel) throws Exception;
    }

    /** Bytes an item, of the quietest run: the JVM itself allocates now and then on this thread. */
    private static double measure(Round round) throws Exception {
        Channel<Object> channel = Channel.unbounded();
        double fewest = Double.MAX_VALUE;
        for (int i = 0; i < 6; i++) {
            long before = allocated();
            long empty = allocated() - before;
            before = allocated();
            for (int n = 0; n < ITEMS; n++) {
                round.run(channel);
            }
            fewest = Math.min(fewest, allocated() - before - empty);
        }
        return fewest / ITEMS;
    }

    @Test
    void anItemCostsOneNode() throws Exception {
        double bytes = measure(channel -> {
            channel.sender().trySend(TASK);
            assertEquals(TASK, channel.receiver().tryReceive());
        });
        assertTrue(bytes > 0 && bytes < NODE + 1, bytes + " bytes an item");
    }

    @Test
    void andItsAnswerWhereItIsPolled() throws Exception {
        double bytes = measure(channel -> {
            channel.sender().startSend(TASK, TASK);
            channel.sender().pollFlush(TASK);
            Poll<Object> answer = channel.receiver().poll(TASK);
            assertEquals(TASK, answer.value());
        });
        assertTrue(bytes < NODE + 25, bytes + " bytes an item");
    }

    @Test
    void waitingAndWakingCostNothing() throws Exception {
        double bytes = measure(channel -> {
            if (!channel.receiver().poll(TASK).isPending()) {
                assertEquals("pending", "ready");
            }
        });
        assertTrue(bytes < 1, bytes + " bytes a poll");
    }

    /** By reflection: the module of the tests is the engine's, which does not read the JDK's management modules. */
    private static long allocated() throws ReflectiveOperationException {
        return (long) BYTES.invoke(BEAN);
    }
}
