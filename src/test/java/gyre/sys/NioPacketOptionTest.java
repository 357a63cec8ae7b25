package gyre.sys;

import gyre.sys.nio.NioBackend;

class NioPacketOptionTest extends PacketOptionContract {
    @Override
    Backend backend() {
        return new NioBackend();
    }

    @Override
    boolean hasNativeOptions() {
        return false;
    }
}
