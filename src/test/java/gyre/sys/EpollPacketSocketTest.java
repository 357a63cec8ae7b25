package gyre.sys;

import gyre.sys.posix.EpollBackend;

class EpollPacketSocketTest extends PacketSocketContract {
    @Override
    Backend backend() {
        return new EpollBackend();
    }
}
