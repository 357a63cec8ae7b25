package gyre.examples.guide;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import gyre.buffer.Transfer;
import gyre.future.Poll;
import gyre.future.Stream;
import gyre.future.Task;
import gyre.reactor.ChannelSource;
import gyre.reactor.Core;
import gyre.reactor.Handle;
import gyre.reactor.JoinHandle;
import gyre.reactor.PollEvented;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceTest {
    // guide: source
    /** What comes through a pipe, as pieces of text. */
    static final class Pieces implements Stream<String> {
        private final PollEvented<ChannelSource<Pipe.SourceChannel>> pipe;
        private final ByteBuffer bytes = ByteBuffer.allocate(1024);

        Pieces(Pipe.SourceChannel channel, Handle handle) throws IOException {
            pipe = PollEvented.fromChannel(channel, handle);
        }

        @Override
        public Poll<String> poll(Task task) throws IOException {
            int n = pipe.tryRead(task, source -> {
                int count = source.channel().read(bytes.clear());
                return count == 0 ? Transfer.NOT_READY : count;
            });
            return switch (n) {
                case Transfer.NOT_READY -> Poll.pending(); // tryRead has kept the task
                case Transfer.END -> Poll.end();
                default -> Poll.ready(new String(bytes.array(), 0, n, US_ASCII));
            };
        }
    }
    // end

    @Test
    void aPipeBecomesAStream() throws Exception {
        Pipe pipe = Pipe.open();
        try (Core core = Core.open()) {
            JoinHandle<List<String>> pieces = core.handle().spawn(new Pieces(pipe.source(), core.handle()).collect());
            core.turn(Duration.ZERO);
            assertFalse(pieces.isDone());
            pipe.sink().write(ByteBuffer.wrap("drop ".getBytes(US_ASCII)));
            pipe.sink().write(ByteBuffer.wrap("by drop".getBytes(US_ASCII)));
            pipe.sink().close();
            assertEquals("drop by drop", String.join("", core.run(pieces)));
        }
    }
}
