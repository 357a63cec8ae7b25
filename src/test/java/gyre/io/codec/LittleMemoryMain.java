package gyre.io.codec;

import gyre.buffer.BufPool;
import java.io.IOException;

/** In a JVM that has little direct memory: a frame for which there is none, and then a smaller one. */
final class LittleMemoryMain {
    private LittleMemoryMain() {}

    public static void main(String[] args) throws Exception {
        BufPool pool = new BufPool(64 << 10, 1 << 20, false);
        for (int size : new int[] {64 << 20, 1 << 20}) {
            Feed feed = new Feed(pool).give(new byte[size]).end();
            FramedRead<byte[]> frames =
                    FramedRead.of(feed, new FixedLength(size), FrameLimits.DEFAULT.maxFrame(64 << 20));
            try {
                System.out.println("frame " + frames.poll(Frames.NOBODY).value().length);
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
            System.out.println("taken " + pool.stats().taken());
        }
    }
}
