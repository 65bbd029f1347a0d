package io.vedette.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordBufferTest {
    private static final int RECORD_BYTES = record("0").bytes();

    private static OutgoingRecord record(String key) {
        return new OutgoingRecord(key, new byte[100], Duration.ZERO);
    }

    private static List<String> drain(RecordBuffer buffer) throws InterruptedException {
        buffer.close();
        List<String> keys = new ArrayList<>();
        for (var next = buffer.take(); next != null; next = buffer.take()) {
            keys.add(next.record().key());
        }
        return keys;
    }

    @Test
    void keepsTheNewestAndCountsTheOldestThatItLetsGo() throws InterruptedException {
        RecordBuffer buffer = new RecordBuffer(3L * RECORD_BYTES);
        int letGo = 0;
        for (int i = 0; i < 8; i++) {
            letGo += buffer.offer(record(Integer.toString(i)));
        }

        assertThat(letGo).isEqualTo(5);
        assertThat(buffer.size()).isEqualTo(3);
        assertThat(buffer.bytes()).isEqualTo(3L * RECORD_BYTES);
        assertThat(drain(buffer)).containsExactly("5", "6", "7");
        assertThat(buffer.bytes()).isZero();
    }

    @Test
    void putsARecordBackAtItsPlace() throws InterruptedException {
        RecordBuffer buffer = new RecordBuffer(3L * RECORD_BYTES);
        buffer.offer(record("0"));
        buffer.offer(record("1"));
        RecordBuffer.Numbered first = buffer.take();
        RecordBuffer.Numbered second = buffer.take();
        buffer.offer(record("2"));

        assertThat(second).isNotNull().satisfies(it -> assertThat(buffer.putBack(it))
                .isZero());
        assertThat(first).isNotNull().satisfies(it -> assertThat(buffer.putBack(it))
                .isZero());

        assertThat(drain(buffer)).containsExactly("0", "1", "2");
    }

    @Test
    void letsAnOldRecordGoThatComesBackToAFullBuffer() throws InterruptedException {
        RecordBuffer buffer = new RecordBuffer(2L * RECORD_BYTES);
        buffer.offer(record("0"));
        RecordBuffer.Numbered first = buffer.take();
        buffer.offer(record("1"));
        buffer.offer(record("2"));

        assertThat(first).isNotNull().satisfies(it -> assertThat(buffer.putBack(it))
                .isOne());

        assertThat(drain(buffer)).containsExactly("1", "2");
    }

    @Test
    void letsEverythingGoForARecordThatIsLargerThanItself() throws InterruptedException {
        RecordBuffer buffer = new RecordBuffer(2L * RECORD_BYTES);
        buffer.offer(record("0"));

        assertThat(buffer.offer(new OutgoingRecord("big", new byte[10_000], Duration.ZERO)))
                .isEqualTo(2);
        assertThat(drain(buffer)).isEmpty();
    }
}
