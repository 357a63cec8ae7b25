package gyre.sys;

import gyre.sys.posix.EpollBackend;

class EpollPacketOptionTest extends PacketOptionContract {
    @Override
    Backend backend() {
        return new EpollBackend();
    }

    @Override
    boolean hasNativeOptions() {
        return true;
    }
}
