package gyre.report.server;

import gyre.report.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Netty with one event loop, as its guide advises: write each message, flush once when all of a turn have been read, and stop
 * reading from a peer that does not take what was written.
 */
final class NettyServer implements EchoServer {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final int LARGEST_DATAGRAM = 2_048;
    private static final int BATCH = 32;

    private final String address;
    private final Thread loop;

    NettyServer(NettyTransport netty, Transport transport, String path) throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, netty.io());
        Channel bound = switch (transport) {
            case TCP ->
                streams(group)
                        .channel(netty.tcp())
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .bind(ANY_PORT)
                        .sync()
                        .channel();
            case UNIX ->
                streams(group)
                        .channel(netty.unix())
                        .bind(netty.path().apply(path))
                        .sync()
                        .channel();
            case UDP -> datagrams(group, netty).bind(ANY_PORT).sync().channel();
        };
        address = bound.localAddress() instanceof InetSocketAddress inet ? String.valueOf(inet.getPort()) : path;
        loop = group.submit(Thread::currentThread).get();
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public Thread loop() {
        return loop;
    }

    /** Above the default mark of 64 KiB: one full read would already switch reading off, and on again, by a call each. */
    private static ServerBootstrap streams(EventLoopGroup group) {
        return new ServerBootstrap()
                .group(group)
                .option(ChannelOption.SO_BACKLOG, 4_096)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(256 << 10, 1 << 20))
                .childHandler(new Echo());
    }

    /** On epoll up to 32 datagrams come with one {@code recvmmsg}. */
    private static Bootstrap datagrams(EventLoopGroup group, NettyTransport netty) {
        boolean batched = netty.udp() == EpollDatagramChannel.class;
        Bootstrap bootstrap = new Bootstrap()
                .group(group)
                .channel(netty.udp())
                .option(ChannelOption.SO_RCVBUF, 4 << 20)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(batched ? BATCH * LARGEST_DATAGRAM : LARGEST_DATAGRAM)
                                .maxMessagesPerRead(BATCH))
                .handler(new Echo());
        return batched ? bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, LARGEST_DATAGRAM) : bootstrap;
    }

    @ChannelHandler.Sharable
    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            Object answer = message instanceof DatagramPacket packet
                    ? new DatagramPacket(packet.content(), packet.sender())
                    : message;
            context.write(answer, context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            context.channel().config().setAutoRead(context.channel().isWritable());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
