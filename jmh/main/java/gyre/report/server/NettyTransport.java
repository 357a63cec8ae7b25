package gyre.report.server;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.function.Function;

/** What Netty's servers differ in from transport to transport. */
record NettyTransport(
        IoHandlerFactory io,
        Class<? extends ServerChannel> tcp,
        Class<? extends Channel> udp,
        Class<? extends ServerChannel> unix,
        Function<String, SocketAddress> path) {

    static NettyTransport nio() {
        return new NettyTransport(
                NioIoHandler.newFactory(),
                NioServerSocketChannel.class,
                NioDatagramChannel.class,
                NioServerDomainSocketChannel.class,
                UnixDomainSocketAddress::of);
    }

    /** @throws UnsatisfiedLinkError if it can't be used here */
    static NettyTransport epoll() {
        Epoll.ensureAvailability();
        return new NettyTransport(
                EpollIoHandler.newFactory(),
                EpollServerSocketChannel.class,
                EpollDatagramChannel.class,
                EpollServerDomainSocketChannel.class,
                DomainSocketAddress::new);
    }
}
