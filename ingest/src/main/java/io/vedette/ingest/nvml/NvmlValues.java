package io.vedette.ingest.nvml;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vedette.ingest.cards.CardProcess;
import java.util.OptionalLong;
import org.bytedeco.cuda.global.nvml;
import org.bytedeco.cuda.nvml.nvmlFieldValue_t;
import org.bytedeco.cuda.nvml.nvmlMemory_t;
import org.bytedeco.cuda.nvml.nvmlMemory_v2_t;
import org.bytedeco.cuda.nvml.nvmlPciInfo_t;
import org.bytedeco.cuda.nvml.nvmlProcessInfo_v2_t;
import org.bytedeco.cuda.nvml.nvmlTemperature_v1_t;
import org.bytedeco.cuda.nvml.nvmlUtilization_t;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;

/**
 * Where NVML writes its answers: memory outside the heap that is never given back, so that a call that comes back late harms nobody. A session has one. Used
 * by one thread.
 */
final class NvmlValues {
    /** As long as the longest text that NVML gives ({@code NVML_DEVICE_UUID_V2_BUFFER_SIZE} and {@code NVML_DEVICE_NAME_V2_BUFFER_SIZE}). */
    static final int TEXT_BYTES = 96;
    /** Processes of one card: far more than serve models; NVML tells nothing of those of a card that has more. */
    static final int MOST_PROCESSES = 256;

    private static final int INTS = 4;
    private static final int FIELDS = 8;
    /** {@code NVML_VALUE_NOT_AVAILABLE}. */
    private static final long NOT_AVAILABLE = -1;

    final BytePointer text = new BytePointer(TEXT_BYTES);
    /** Four, apart from each other. */
    final IntPointer[] ints = new IntPointer[INTS];

    final LongPointer number = new LongPointer(1);
    final nvmlUtilization_t utilization = new nvmlUtilization_t();
    final nvmlMemory_t memory = new nvmlMemory_t();
    final nvmlMemory_v2_t memoryV2 = new nvmlMemory_v2_t();
    final nvmlTemperature_v1_t temperature = new nvmlTemperature_v1_t();
    final nvmlPciInfo_t pci = new nvmlPciInfo_t();
    final nvmlProcessInfo_v2_t processes = new nvmlProcessInfo_v2_t(MOST_PROCESSES);
    final nvmlFieldValue_t fields = new nvmlFieldValue_t(FIELDS);

    NvmlValues() {
        for (int i = 0; i < INTS; i++) {
            ints[i] = new IntPointer(1);
        }
    }

    /** The text up to its closing zero. */
    String text() {
        return text(text, TEXT_BYTES);
    }

    static String text(BytePointer bytes, int most) {
        byte[] copy = new byte[most];
        bytes.position(0).get(copy);
        int length = 0;
        while (length < most && copy[length] != 0) {
            length++;
        }
        return new String(copy, 0, length, UTF_8);
    }

    /** An unsigned number; empty where NVML says that there is none. */
    OptionalLong unsigned(int which) {
        int value = ints[which].get(0);
        return value == (int) NOT_AVAILABLE ? OptionalLong.empty() : OptionalLong.of(Integer.toUnsignedLong(value));
    }

    CardProcess process(int which) {
        nvmlProcessInfo_v2_t process = processes.getPointer(which);
        long bytes = process.usedGpuMemory();
        return new CardProcess(
                Integer.toUnsignedLong(process.pid()),
                bytes == NOT_AVAILABLE ? OptionalLong.empty() : OptionalLong.of(bytes));
    }

    /** What came for a field that was asked for; empty where the card does not have it. */
    OptionalLong field(int which) {
        nvmlFieldValue_t field = fields.getPointer(which);
        if (field.nvmlReturn() != nvml.NVML_SUCCESS) {
            return OptionalLong.empty();
        }
        long value =
                switch (field.valueType()) {
                    case nvml.NVML_VALUE_TYPE_UNSIGNED_INT ->
                        Integer.toUnsignedLong(field.value().uiVal());
                    case nvml.NVML_VALUE_TYPE_SIGNED_INT -> field.value().siVal();
                    case nvml.NVML_VALUE_TYPE_DOUBLE -> (long) field.value().dVal();
                    default -> field.value().ullVal();
                };
        return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
