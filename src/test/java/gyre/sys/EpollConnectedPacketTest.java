package gyre.sys;

import gyre.sys.posix.EpollBackend;

class EpollConnectedPacketTest extends ConnectedPacketContract {
    @Override
    Backend backend() {
        return new EpollBackend();
    }
}
