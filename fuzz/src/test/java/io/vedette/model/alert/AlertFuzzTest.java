package io.vedette.model.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.fuzz.Fuzzing;
import io.vedette.fuzz.Seeds;
import io.vedette.fuzz.TextMutation;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever stands on the topics of alerts: it is refused, or is an event or state that is written and read back. */
class AlertFuzzTest {
    private static Stream<byte[]> alerts() {
        String folder = "model/src/test/resources/io/vedette/model/alert/alert-";
        return Seeds.bytes(Stream.concat(
                Stream.of("firing", "changed", "resolved").map(state -> Seeds.file(folder + state + ".json")),
                Stream.of("{\"deleted\":true}", """
                        {"schemaVersion":1,"fingerprint":"c3a8c3a8c3a8c3a8","alertname":"a","family":"f","severity":"info",
                        "state":"pending","entity":{"kind":"model","model_name":"m"},"labels":{},"since":"2026-02-07T09:45:40Z"}
                        """)));
    }

    @Test
    void anyBytesAreAnAlertOrRefused() {
        new Fuzzing(AlertFuzzTest.class, alerts(), new TextMutation(), this::check).run(5_000);
    }

    private boolean check(byte[] bytes) {
        boolean event = isEvent(bytes);
        return isState(bytes) || event;
    }

    private static boolean isEvent(byte[] bytes) {
        try {
            AlertEvent event = AlertJson.readEvent(bytes);
            assertThat(AlertJson.readEvent(AlertJson.write(event))).isEqualTo(event);
            return true;
        } catch (AlertFormatException refused) {
            return false;
        }
    }

    private static boolean isState(byte[] bytes) {
        try {
            AlertJson.readState(bytes).ifPresent(state -> assertThat(AlertJson.readState(AlertJson.write(state)))
                    .contains(state));
            return true;
        } catch (AlertFormatException refused) {
            return false;
        }
    }
}
