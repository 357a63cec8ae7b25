package gyre.net;

import gyre.buffer.Buf;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Between datagrams and items, for {@link UnixDatagramFramed}; a {@link UdpCodec} whose senders may have no name. Called on
 * the loop, one call at a time. The buffers are the loop's and good only inside the call.
 *
 * @param <I> what comes in
 * @param <O> what goes out
 */
public interface UnixDatagramCodec<I extends @Nullable Object, O extends @Nullable Object> {
    /**
     * Makes an item of a datagram.
     *
     * @param sender who sent it; null if that socket is not bound, so that nothing can be sent back by address
     * @param from all of it, perhaps 0 bytes; need not be consumed
     * @throws Exception if it makes no sense: a {@link DatagramException} names the sender, and the next one is tried
     */
    I decode(@Nullable SocketAddress sender, Buf from) throws Exception;

    /**
     * Makes a datagram of an item.
     *
     * @param into empty; what it holds afterwards is sent, even if that is nothing
     * @return who gets it; null for the peer that the socket is connected to
     * @throws Exception if it can't be made: the item is lost, the sink goes on
     */
    @Nullable SocketAddress encode(O item, Buf into) throws Exception;
}
