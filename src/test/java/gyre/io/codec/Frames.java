package gyre.io.codec;

import gyre.buffer.BufPool;
import gyre.future.Poll;
import gyre.future.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a decoder makes of bytes, as a list of texts: the failure, if there is one, is the last. */
final class Frames {
    static final Task NOBODY = () -> {};

    private Frames() {}

    /** Everything from a stream; nobody waits in between. A frame that failed alone is in its place. */
    static List<String> all(FramedRead<?> stream) {
        List<String> frames = new ArrayList<>();
        for (; ; ) {
            try {
                Poll<?> answer = stream.poll(NOBODY);
                if (answer.isEnd()) {
                    return frames;
                }
                if (answer.isReady()) {
                    frames.add(text(answer.value()));
                }
            } catch (IOException e) {
                frames.add(e.getClass().getSimpleName());
            }
        }
    }

    /** Of bytes that come in pieces, cut at the given places; with a rest after each. */
    static List<String> of(Decoder<?> decoder, FrameLimits limits, BufPool pool, byte[] bytes, int... cuts) {
        Feed feed = new Feed(pool);
        int from = 0;
        for (int cut : cuts) {
            feed.give(java.util.Arrays.copyOfRange(bytes, from, cut)).rest();
            from = cut;
        }
        feed.give(java.util.Arrays.copyOfRange(bytes, from, bytes.length)).end();
        return all(FramedRead.of(feed, decoder, limits));
    }

    static String text(Object frame) {
        return frame instanceof byte[] bytes ? new String(bytes, StandardCharsets.ISO_8859_1) : frame.toString();
    }
}
