package gyre.io.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.io.Input;
import gyre.io.Io;
import gyre.io.Output;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frames cost no allocation but what their codec makes. */
class FramedAllocationTest {
    private static final int FRAMES = 20_000;
    private static final Task TASK = () -> {};

    private final BufPool pool = new BufPool(64 << 10, 64 << 10, false);
    private final Numbers codec = new Numbers();

    @Test
    void decoderThatReusesItsObject() throws Exception {
        for (int perRead : new int[] {1, 3, 2000}) {
            FramedRead<Number> frames = FramedRead.of(new Source(perRead * Long.BYTES), codec);
            assertAllocatesNothing(perRead + " frames a read", () -> readFrames(frames));
        }
    }

    @Test
    void framesThatAreCutAtEachRead() throws Exception {
        FramedRead<Number> frames = FramedRead.of(new Source(3 * Long.BYTES + 3), codec);
        assertAllocatesNothing("cut frames", () -> readFrames(frames));
    }

    @Test
    void writing() throws Exception {
        FramedWrite<Number> frames = FramedWrite.of(new Drain(), codec);
        Number number = new Number();
        assertAllocatesNothing("writing", () -> {
            for (int i = 0; i < FRAMES; i++) {
                assertTrue(frames.startSend(TASK, number));
                if (i % 4 == 0) {
                    assertTrue(frames.pollFlush(TASK).isReady());
                }
            }
        });
        frames.cancel();
    }

    @Test
    void itemsThatVaryAreNotKeptAlive() throws Exception {
        Answers<Integer> answers = new Answers<>();
        for (int item : List.of(1000, 1001, 1001)) {
            assertEquals(item, answers.ready(item).value());
        }
    }

    private static void readFrames(FramedRead<Number> frames) throws Exception {
        for (int read = 0; read < FRAMES; ) {
            Poll<Number> answer = frames.poll(TASK);
            if (answer.isReady()) {
                read++;
                assertTrue(answer.value().value == 0x0101_0101_0101_0101L);
            }
        }
    }

    private static void assertAllocatesNothing(String what, Work work) throws Exception {
        long fewest = Long.MAX_VALUE;
        // the JVM itself allocates now and then on this thread: the quietest run counts
        for (int i = 0; i < 6; i++) {
            long before = allocated();
            work.run();
            fewest = Math.min(fewest, allocated() - before);
        }
        assertTrue(fewest < FRAMES / 4, what + ": " + fewest + " bytes for " + FRAMES + " frames");
    }

    /** By reflection: the module of the tests is the engine's, which does not read the JDK's management modules. */
    private static long allocated() throws ReflectiveOperationException {
        Object bean = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null);
        Method bytes = Class.forName("com.sun.management.ThreadMXBean").getMethod("getCurrentThreadAllocatedBytes");
        return (long) bytes.invoke(bean);
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private static final class Number {
        long value;
    }

    private static final class Numbers implements Decoder<Number>, Encoder<Number> {
        private final Number number = new Number();

        @Override
        public Number decode(Buf in) {
            if (in.readable() < Long.BYTES) {
                return null;
            }
            number.value = in.getLong();
            return number;
        }

        @Override
        public int size(Number item) {
            return Long.BYTES;
        }

        @Override
        public void encode(Number item, Buf into) {
            into.putLong(item.value);
        }
    }

    /** Every second read finds nothing. */
    private final class Source implements Input {
        private final byte[] piece;
        private boolean ready;

        Source(int bytes) {
            piece = new byte[bytes];
            java.util.Arrays.fill(piece, (byte) 1);
        }

        @Override
        public int read(Task task, Buf into) {
            ready = !ready;
            if (!ready) {
                return Io.NOT_READY;
            }
            into.put(piece);
            return piece.length;
        }

        @Override
        public boolean pollRead(Task task) {
            return true;
        }

        @Override
        public BufPool buffers() {
            return pool;
        }

        @Override
        public void close() {}
    }

    private final class Drain implements Output {
        @Override
        public int write(Task task, Buf from) {
            int n = from.readable();
            from.skip(n);
            return n;
        }

        @Override
        public int flush(Task task) {
            return 0;
        }

        @Override
        public int shutdownOutput(Task task) {
            return 0;
        }

        @Override
        public boolean pollWrite(Task task) {
            return true;
        }

        @Override
        public BufPool buffers() {
            return pool;
        }

        @Override
        public void close() {}
    }
}
