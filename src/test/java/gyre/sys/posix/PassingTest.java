package gyre.sys.posix;

import static gyre.natives.Layout.FD_CLOEXEC;
import static gyre.natives.Layout.F_GETFD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.buffer.Transfer;
import gyre.natives.Errno;
import gyre.natives.Libc;
import gyre.sys.Descriptor;
import gyre.sys.PacketSocket;
import gyre.sys.SocketPair;
import gyre.sys.StreamSocket;
import gyre.testing.OpenDescriptors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Descriptors over Unix sockets: which bytes they come with, and that none is ever left open by mistake. */
@EnabledOnOs(OS.LINUX)
class PassingTest {
    private OpenDescriptors before;
    private SocketPair<StreamSocket> streams;
    private SocketPair<PacketSocket> packets;
    private Pipe pipe;
    private final List<Descriptor> received = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        before = OpenDescriptors.now();
        streams = Sockets.streamPair();
        packets = Sockets.packetPair();
        pipe = Pipe.open();
    }

    @AfterEach
    void close() throws IOException {
        for (Descriptor each : received) {
            each.close();
        }
        pipe.close();
        streams.first().close();
        streams.second().close();
        packets.first().close();
        packets.second().close();
        before.assertNoMore();
    }

    @Test
    void aPipeGoesOverAStream() throws IOException {
        assertEquals(2, streams.first().send(Buf.copyOf("hi"), new int[] {pipe.out()}));
        Buf into = Buf.allocate(8);
        assertEquals(2, streams.second().receive(into, received));
        assertEquals("hi", into.text(StandardCharsets.US_ASCII));
        assertIsThePipesEnd();
    }

    @Test
    void aPipeGoesWithADatagram() throws IOException {
        for (String text : new String[] {"hi", ""}) {
            assertEquals(text.length(), packets.first().send(Buf.copyOf(text), null, new int[] {pipe.out()}));
            assertEquals(text.length(), packets.second().receive(Buf.allocate(8), received));
            assertIsThePipesEnd();
        }
        packets.first().send(Buf.copyOf("plain"), null);
        assertEquals(5, packets.second().receive(Buf.allocate(8), received));
        assertEquals(0, received.size());
    }

    private void assertIsThePipesEnd() throws IOException {
        assertEquals(1, received.size());
        Descriptor end = received.remove(0);
        assertEquals(FD_CLOEXEC, Libc.fcntl(end.number(), F_GETFD, 0));
        try (PosixSource source = Sockets.adopt(end.number());
                PosixFile in = (PosixFile) Sockets.adopt(pipe.in())) {
            ((PosixFile) source).write(Buf.copyOf("through"));
            Buf into = Buf.allocate(16);
            assertEquals(7, in.read(into));
        }
        int number = end.number();
        end.close();
        end.close();
        assertEquals(-1, end.number());
        assertEquals(-Errno.EBADF, Libc.fcntl(number, F_GETFD, 0));
    }

    @Test
    void asManyGoAsTheKernelTakes() throws IOException {
        int[] most = new int[Descriptor.MAX_PER_MESSAGE];
        Arrays.fill(most, pipe.in());
        streams.first().send(Buf.copyOf("x"), most);
        assertEquals(1, streams.second().receive(Buf.allocate(1), received));
        assertEquals(253, received.size());
        packets.first().send(Buf.copyOf("x"), null, most);
        assertEquals(1, packets.second().receive(Buf.allocate(1), received));
        assertEquals(506, received.stream().map(Descriptor::number).distinct().count());
        int[] more = new int[254];
        for (IllegalArgumentException e : List.of(
                assertThrows(
                        IllegalArgumentException.class, () -> streams.first().send(Buf.copyOf("x"), more)),
                assertThrows(
                        IllegalArgumentException.class, () -> packets.first().send(Buf.copyOf("x"), null, more)))) {
            assertTrue(e.getMessage().contains("253") && e.getMessage().contains("254"), e.getMessage());
        }
    }

    @Test
    void noneIsAPlainWrite() throws IOException {
        assertEquals(1, streams.first().send(Buf.copyOf("x"), new int[0]));
        assertEquals(1, streams.second().receive(Buf.allocate(1), received));
        assertEquals(Transfer.NOT_READY, streams.second().receive(Buf.allocate(1), received));
        streams.first().close();
        assertEquals(Transfer.END, streams.second().receive(Buf.allocate(1), received));
        assertEquals(List.of(), received);
    }

    @Test
    void withoutAByteThereIsNothingToCarryThem() {
        assertThrows(
                IllegalArgumentException.class, () -> streams.first().send(Buf.allocate(1), new int[] {pipe.in()}));
        assertThrows(IllegalArgumentException.class, () -> streams.second().receive(Buf.copyOf("full"), received));
        assertThrows(IllegalArgumentException.class, () -> packets.second().receive(Buf.copyOf("full"), received));
    }

    @Test
    void whatIsNotOpenIsRefusedAndNothingGoes() throws IOException {
        Buf from = Buf.copyOf("x");
        IOException e = assertThrows(IOException.class, () -> streams.first().send(from, new int[] {pipe.in(), -1}));
        assertTrue(e.getMessage().contains("EBADF"), e.getMessage());
        assertEquals(1, from.readable());
        assertEquals(Transfer.NOT_READY, streams.second().receive(Buf.allocate(1), received));
    }

    /** Each read ends with the bytes that carry some, so that one after the other tells whose they are. */
    @Test
    void bytesAndDescriptorsStayTogether() throws IOException {
        streams.first().write(Buf.copyOf("a"));
        streams.first().send(Buf.copyOf("bc"), new int[] {pipe.in()});
        streams.first().send(Buf.copyOf("de"), new int[] {pipe.in(), pipe.out()});
        streams.first().write(Buf.copyOf("f"));
        StringBuilder story = new StringBuilder();
        for (int n; (n = receive(100)) != Transfer.NOT_READY; ) {
            story.append(n).append('+').append(received.size()).append(' ');
            closeAll();
        }
        assertEquals("3+1 2+2 1+0 ", story.toString());
    }

    @Test
    void theyComeWithTheFirstOfTheirBytes() throws IOException {
        streams.first().send(Buf.copyOf("abc"), new int[] {pipe.in()});
        assertEquals(1, receive(1));
        assertEquals(1, received.size());
        assertEquals(2, receive(9));
        assertEquals(1, received.size());
    }

    @Test
    void aPlainReadDropsThemAndAPeekDoesNot() throws IOException {
        streams.first().send(Buf.copyOf("abc"), new int[] {pipe.in()});
        OpenDescriptors own = OpenDescriptors.now();
        assertEquals(3, streams.second().peek(Buf.allocate(9)));
        assertEquals(3, receive(9));
        assertEquals(1, received.size());
        closeAll();
        streams.first().send(Buf.copyOf("abc"), new int[] {pipe.in()});
        assertEquals(3, streams.second().read(Buf.allocate(9)));
        packets.first().send(Buf.copyOf("abc"), null, new int[] {pipe.in()});
        assertEquals(3, packets.second().receive(Buf.allocate(9)));
        own.assertNoMore();
    }

    @Test
    void whatNobodyTakesIsClosed() throws IOException {
        streams.first().send(Buf.copyOf("x"), new int[] {pipe.in(), pipe.out()});
        OpenDescriptors own = OpenDescriptors.now();
        Buf into = Buf.allocate(1);
        assertThrows(UnsupportedOperationException.class, () -> streams.second().receive(into, List.of()));
        assertEquals(1, into.readable());
        own.assertNoMore();
    }

    @Test
    void aTruncatedDatagramStillHasThem() throws IOException {
        packets.first().send(Buf.copyOf("abc"), null, new int[] {pipe.in()});
        assertEquals(1, packets.second().receive(Buf.allocate(1), received));
        assertTrue(packets.second().truncated());
        assertEquals(1, received.size());
    }

    @Test
    void withoutRoomForThemTheyAreLostAndSaidToBe() throws Exception {
        assertThrows(
                IOException.class, () -> streams.first().send(Buf.copyOf("x"), new int[] {-1})); // loads what it needs
        int[] many = new int[100];
        Arrays.fill(many, pipe.in());
        streams.first().send(Buf.copyOf("x"), many);
        Buf into = Buf.allocate(1);
        try (DescriptorLimit limit = DescriptorLimit.of(pipe.out() + 20)) {
            OpenDescriptors own = OpenDescriptors.now();
            limit.lower();
            IOException thrown = null;
            try {
                streams.second().receive(into, received);
            } catch (IOException e) {
                thrown = e;
            }
            limit.restore();
            assertTrue(String.valueOf(thrown).contains("lost"), "thrown: " + thrown);
            own.assertNoMore();
        }
        assertEquals(1, into.readable(), "the bytes have come");
        assertEquals(List.of(), received);
        streams.first().send(Buf.copyOf("y"), new int[] {pipe.in()});
        assertEquals(1, receive(1));
        assertEquals(1, received.size(), "the next ones arrive");
    }

    private int receive(int room) throws IOException {
        return streams.second().receive(Buf.allocate(room), received);
    }

    private void closeAll() throws IOException {
        for (Descriptor each : received) {
            each.close();
        }
        received.clear();
    }
}
