package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gyre.sys.Backend;
import gyre.sys.Ready;
import gyre.testing.EveryBackend;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the thread that watches channels asks java.nio for, at a step that the loop comes between. */
@EveryBackend
class ChannelKeyTest extends Turning {
    private static final long PATIENCE_MILLIS = PATIENCE.toMillis();

    ChannelKeyTest(Backend backend) {
        super(backend);
    }

    @Test
    void whoWaitsForAConnectIsToldThoughTheLoopHasFinishedItMeanwhile() throws Exception {
        ServerSocketChannel listener = later(ServerSocketChannel.open());
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Selector selector = later(Selector.open());
        SocketChannel channel = later(SocketChannel.open());
        ChannelKey key = new ChannelKey(channel, handle.loop());
        channel.connect(listener.getLocalAddress());
        List<Integer> told = new ArrayList<>();
        key.watch(bits -> {
            told.add(bits);
            return 0;
        });
        key.ask(Ready.READ | Ready.WRITE);
        key.serve(selector);
        while (!channel.finishConnect()) {
            Thread.onSpinWait();
        }
        List<SelectionKey> selected = new ArrayList<>();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (selected.isEmpty() && System.nanoTime() < end) {
            selector.select(selected::add, PATIENCE_MILLIS);
        }
        selected.forEach(key::ready);
        settle();
        assertEquals(List.of(Ready.READ | Ready.WRITE), told);
        assertEquals(0, channel.keyFor(selector).interestOps(), "told, but still looked for: the thread would spin");
    }
}
