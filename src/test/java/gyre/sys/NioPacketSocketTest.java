package gyre.sys;

import gyre.sys.nio.NioBackend;

class NioPacketSocketTest extends PacketSocketContract {
    @Override
    Backend backend() {
        return new NioBackend();
    }

    @Override
    boolean sendsNothing() {
        return false;
    }
}
