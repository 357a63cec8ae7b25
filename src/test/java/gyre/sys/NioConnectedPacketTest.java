package gyre.sys;

import gyre.sys.nio.NioBackend;

class NioConnectedPacketTest extends ConnectedPacketContract {
    @Override
    Backend backend() {
        return new NioBackend();
    }
}
