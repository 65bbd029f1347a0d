package io.vedette.ingest.cards;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PciAddressTest {
    @Test
    void knowsOneCardByAllItsAddresses() {
        assertThat(PciAddress.same("00000000:C1:00.0", "0000:c1:00")).isTrue();
        assertThat(PciAddress.same("00010000:01:00.0", "10000:01:00")).isTrue();
        assertThat(PciAddress.same("00000000:01:00.0", "0000:02:00")).isFalse();
        assertThat(PciAddress.same("00000001:01:00.0", "0000:01:00")).isFalse();
        assertThat(PciAddress.same("", "")).isFalse();
    }
}
