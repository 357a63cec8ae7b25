package gyre.sys;

import gyre.sys.nio.NioBackend;

class NioSelectorTest extends SelectorContract {
    @Override
    Backend backend() {
        return new NioBackend();
    }
}
