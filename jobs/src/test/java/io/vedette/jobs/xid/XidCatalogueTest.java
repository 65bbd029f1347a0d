package io.vedette.jobs.xid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.YamlValue;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XidCatalogueTest {
    private static final XidCatalogue SHIPPED = XidCatalogue.shipped();

    private static XidCatalogue parse(String text) {
        return XidCatalogue.parse(YamlValue.parse("xids.yaml", text).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "APPLICATION, 13 31 68 69 94",
        "RESET_GPU, 46 62 64 95 109 110 119 120 136 140 143 158",
        "REBOOT, 79",
        "WORKFLOW, 48 74 144 145 146 147 148 149 150",
        "INFORMATIONAL, 43 63 92"
    })
    void anXidAsksForWhatNvidiaSaysItDoes(XidClass expected, String numbers) {
        for (String number : numbers.split(" ", -1)) {
            assertThat(SHIPPED.of(number).xidClass()).as("XID %s", number).isEqualTo(expected);
        }
    }

    @Test
    void anXidIsDescribedWithItsNextStep() {
        assertThat(SHIPPED.of("79").described()).isEqualTo("XID 79: the card has fallen off the bus");
        assertThat(SHIPPED.of("79").action()).startsWith("Drain the node and restart it");
        assertThat(SHIPPED.of("64").action())
                .startsWith("Drain the card")
                .isNotEqualTo(SHIPPED.of("62").action());
    }

    @Test
    void whatNobodyHasDescribedIsToldWithWhereToLook() {
        Xid unknown = SHIPPED.of("4711");

        assertThat(unknown.xidClass()).isEqualTo(XidClass.UNKNOWN);
        assertThat(unknown.described()).isEqualTo("XID 4711: nobody has described this one here");
        assertThat(unknown.action()).contains("docs.nvidia.com/deploy/xid-errors");
    }

    /** Meanings stand behind a colon in the middle of a sentence, actions are sentences. */
    @Test
    void allThatIsShippedCanStandInAnAlert() {
        List<Xid> known = IntStream.range(1, 1_000)
                .mapToObj(number -> SHIPPED.of(String.valueOf(number)))
                .filter(xid -> xid.xidClass() != XidClass.UNKNOWN)
                .toList();

        assertThat(known).hasSizeGreaterThan(70).allSatisfy(xid -> {
            assertThat(xid.meaning()).doesNotEndWith(".").hasSizeLessThan(100);
            assertThat(xid.action()).endsWith(".");
            assertThat(Character.isUpperCase(xid.action().charAt(0))).isTrue();
        });
        assertThat(known.stream().map(Xid::xidClass).distinct())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(XidClass.values())
                        .filter(c -> c != XidClass.UNKNOWN)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "classes: {rebot: {action: A.}}\nxids: {}|1:11: 'rebot' is no class of XIDs; did you mean 'reboot'?",
                "classes: {}\nxids: {79: {class: reboot, meaning: m}}|2:20: class 'reboot' has no 'action' under 'classes'",
                "classes: {}\nxids: {79: {class: reboot, action: A.}}|2:12: 'meaning' is missing",
                "classes: {}\nxids: {seventy: {class: reboot, meaning: m, action: A.}}|2:8: 'seventy'",
                "classes: {}|1:1: 'xids' is missing"
            })
    void aMistakeIsToldWhereItStands(String textAndMistake) {
        String[] both = textAndMistake.split("\\|", 2);

        assertThatThrownBy(() -> parse(both[0]))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("xids.yaml:" + both[1]);
    }
}
