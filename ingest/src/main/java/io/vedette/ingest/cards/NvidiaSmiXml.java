package io.vedette.ingest.cards;

import static io.vedette.ingest.cards.XmlElements.child;
import static io.vedette.ingest.cards.XmlElements.elements;
import static io.vedette.ingest.cards.XmlElements.number;
import static io.vedette.ingest.cards.XmlElements.text;

import io.vedette.ingest.cards.CardFailure.Kind;
import io.vedette.ingest.cards.CardId.MigInstance;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** What {@code nvidia-smi -q -x} says. Its elements have changed their names over time; those of drivers from 450 on are known. Pure. */
final class NvidiaSmiXml {
    private static final double BYTES_PER_MEBIBYTE = 1 << 20;
    /** {@code "  MIG 1g.5gb     Device  0: (UUID: MIG-…)"} below {@code "GPU 0: … (UUID: GPU-…)"}. */
    private static final Pattern LISTED = Pattern.compile(
            "^(?:GPU \\d+:.*\\(UUID: (\\S+)\\)|\\s+MIG (\\S+)\\s+Device\\s+(\\d+): \\(UUID: (\\S+)\\))\\s*$");

    private static final Map<String, Long> REASONS = new LinkedHashMap<>();

    static {
        REASONS.put("gpu_idle", 1L);
        REASONS.put("applications_clocks_setting", 2L);
        REASONS.put("sw_power_cap", 4L);
        REASONS.put("hw_slowdown", 8L);
        REASONS.put("sync_boost", 0x10L);
        REASONS.put("sw_thermal_slowdown", 0x20L);
        REASONS.put("hw_thermal_slowdown", 0x40L);
        REASONS.put("hw_power_brake_slowdown", 0x80L);
        REASONS.put("display_clocks_setting", 0x100L);
    }

    private final Element log;

    private NvidiaSmiXml(Element log) {
        this.log = log;
    }

    /** @throws CardFailure when it is something else */
    static NvidiaSmiXml parse(byte[] xml) throws CardFailure {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            // It names a DTD of its own, which lies nowhere.
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            Element root = builder.parse(new ByteArrayInputStream(xml)).getDocumentElement();
            if (!root.getTagName().equals("nvidia_smi_log")) {
                throw new CardFailure(
                        Kind.FAILED, "nvidia-smi answered with <" + root.getTagName() + "> instead of cards");
            }
            return new NvidiaSmiXml(root);
        } catch (SAXException | IOException e) {
            throw new CardFailure(Kind.FAILED, "nvidia-smi did not answer with XML: " + e.getMessage(), e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's parser has these features", e);
        }
    }

    boolean hasInstances() {
        return elements(log, "gpu").stream().anyMatch(gpu -> child(gpu, "mig_devices")
                .filter(devices -> !elements(devices, "mig_device").isEmpty())
                .isPresent());
    }

    /** @param list what {@code nvidia-smi -L} says; only it knows the instances' UUIDs */
    NodeReading reading(String list) {
        Map<String, Map<Integer, Listed>> instances = listed(list);
        List<CardReading> readings = new ArrayList<>();
        List<Element> gpus = elements(log, "gpu");
        for (int i = 0; i < gpus.size(); i++) {
            Element gpu = gpus.get(i);
            String uuid = text(gpu, "uuid");
            if (uuid.startsWith("GPU-")) {
                CardId id = identity(i, gpu, uuid);
                readings.add(new CardReading(id, values(gpu), processes(gpu, OptionalLong.empty())));
                readings.addAll(instances(id, gpu, instances.getOrDefault(uuid, Map.of())));
            }
        }
        int counted = (int) number(text(log, "attached_gpus")).orElse(gpus.size());
        return new NodeReading(text(log, "driver_version"), counted, readings, Set.of(), false, List.of());
    }

    private record Listed(String uuid, String profile) {}

    private static Map<String, Map<Integer, Listed>> listed(String list) {
        Map<String, Map<Integer, Listed>> byCard = new LinkedHashMap<>();
        String card = "";
        for (String line : list.lines().toList()) {
            Matcher matcher = LISTED.matcher(line);
            if (matcher.matches() && matcher.group(1) != null) {
                card = matcher.group(1);
            } else if (matcher.matches()) {
                byCard.computeIfAbsent(card, key -> new LinkedHashMap<>())
                        .put(Integer.parseInt(matcher.group(3)), new Listed(matcher.group(4), matcher.group(2)));
            }
        }
        return byCard;
    }

    private static CardId identity(int index, Element gpu, String uuid) {
        String pci = text(gpu, "pci/pci_bus_id");
        String minor = text(gpu, "minor_number");
        return new CardId(
                index,
                uuid,
                pci.isEmpty() ? gpu.getAttribute("id") : pci,
                number(minor).isPresent() ? "nvidia" + minor : "",
                text(gpu, "product_name"),
                Optional.empty());
    }

    private static List<CardReading> instances(CardId card, Element gpu, Map<Integer, Listed> listed) {
        List<CardReading> readings = new ArrayList<>();
        Optional<Element> devices = child(gpu, "mig_devices");
        for (Element device : devices.map(of -> elements(of, "mig_device")).orElse(List.of())) {
            Listed known = listed.get((int) number(text(device, "index")).orElse(-1));
            OptionalDouble instance = number(text(device, "gpu_instance_id"));
            if (known != null && instance.isPresent()) {
                Map<CardMetric, Double> values = new EnumMap<>(CardMetric.class);
                memory(device, values);
                int number = (int) instance.getAsDouble();
                CardId id = new CardId(
                        card.index(),
                        known.uuid(),
                        card.pciBusId(),
                        card.device(),
                        card.model(),
                        Optional.of(new MigInstance(number, known.profile(), card.uuid())));
                readings.add(new CardReading(id, values, processes(gpu, OptionalLong.of(number))));
            }
        }
        return readings;
    }

    private static void memory(Element of, Map<CardMetric, Double> values) {
        put(values, CardMetric.FB_TOTAL, of, "fb_memory_usage/total");
        put(values, CardMetric.FB_RESERVED, of, "fb_memory_usage/reserved");
        put(values, CardMetric.FB_USED, of, "fb_memory_usage/used");
        put(values, CardMetric.FB_FREE, of, "fb_memory_usage/free");
    }

    private static Map<CardMetric, Double> values(Element gpu) {
        Map<CardMetric, Double> values = new EnumMap<>(CardMetric.class);
        memory(gpu, values);
        put(values, CardMetric.GPU_UTIL, gpu, "utilization/gpu_util");
        put(values, CardMetric.MEM_COPY_UTIL, gpu, "utilization/memory_util");
        put(values, CardMetric.GPU_TEMP, gpu, "temperature/gpu_temp");
        put(values, CardMetric.SLOWDOWN_TEMP, gpu, "temperature/gpu_temp_slow_threshold");
        put(values, CardMetric.SHUTDOWN_TEMP, gpu, "temperature/gpu_temp_max_threshold");
        put(
                values,
                CardMetric.POWER_USAGE,
                gpu,
                "gpu_power_readings/instant_power_draw",
                "gpu_power_readings/power_draw",
                "gpu_power_readings/average_power_draw",
                "power_readings/power_draw");
        put(
                values,
                CardMetric.POWER_MGMT_LIMIT,
                gpu,
                "gpu_power_readings/current_power_limit",
                "gpu_power_readings/power_limit",
                "power_readings/enforced_power_limit",
                "power_readings/power_limit");
        put(values, CardMetric.SM_CLOCK, gpu, "clocks/sm_clock");
        put(values, CardMetric.MEM_CLOCK, gpu, "clocks/mem_clock");
        put(values, CardMetric.MAX_SM_CLOCK, gpu, "max_clocks/sm_clock");
        put(values, CardMetric.MAX_MEM_CLOCK, gpu, "max_clocks/mem_clock");
        put(values, CardMetric.PCIE_TX_THROUGHPUT, gpu, "pci/tx_util");
        put(values, CardMetric.PCIE_RX_THROUGHPUT, gpu, "pci/rx_util");
        put(values, CardMetric.PCIE_LINK_GEN, gpu, "pci/pci_gpu_link_info/pcie_gen/current_link_gen");
        put(values, CardMetric.PCIE_LINK_WIDTH, gpu, "pci/pci_gpu_link_info/link_widths/current_link_width");
        sum(
                values,
                CardMetric.ECC_SBE_VOL_TOTAL,
                gpu,
                List.of("single_bit/total"),
                List.of("sram_correctable", "dram_correctable"));
        sum(
                values,
                CardMetric.ECC_DBE_VOL_TOTAL,
                gpu,
                List.of("double_bit/total"),
                List.of(
                        "sram_uncorrectable",
                        "sram_uncorrectable_parity",
                        "sram_uncorrectable_secded",
                        "dram_uncorrectable"));
        put(values, CardMetric.CORRECTABLE_REMAPPED_ROWS, gpu, "remapped_rows/remapped_row_corr");
        put(values, CardMetric.UNCORRECTABLE_REMAPPED_ROWS, gpu, "remapped_rows/remapped_row_unc");
        putYes(values, CardMetric.ROW_REMAP_PENDING, text(gpu, "remapped_rows/remapped_row_pending"));
        putYes(values, CardMetric.ROW_REMAP_FAILURE, text(gpu, "remapped_rows/remapped_row_failure"));
        reasons(gpu).ifPresent(mask -> values.put(CardMetric.CLOCKS_EVENT_REASONS, (double) mask));
        return values;
    }

    private static OptionalLong reasons(Element gpu) {
        for (String name : List.of("clocks_event_reason", "clocks_throttle_reason")) {
            Optional<Element> all = child(gpu, name + 's');
            if (all.isPresent()) {
                return OptionalLong.of(REASONS.entrySet().stream()
                        .filter(reason ->
                                text(all.get(), name + '_' + reason.getKey()).equals("Active"))
                        .mapToLong(Map.Entry::getValue)
                        .sum());
            }
        }
        return OptionalLong.empty();
    }

    private static List<CardProcess> processes(Element gpu, OptionalLong instance) {
        List<CardProcess> processes = new ArrayList<>();
        for (Element info :
                child(gpu, "processes").map(of -> elements(of, "process_info")).orElse(List.of())) {
            OptionalDouble pid = number(text(info, "pid"));
            OptionalDouble of = number(text(info, "gpu_instance_id"));
            boolean wanted = instance.isPresent()
                    ? of.isPresent() && (long) of.getAsDouble() == instance.getAsLong()
                    : of.isEmpty();
            if (pid.isPresent() && wanted) {
                OptionalDouble memory = number(text(info, "used_memory"));
                processes.add(new CardProcess(
                        (long) pid.getAsDouble(),
                        memory.isPresent()
                                ? OptionalLong.of((long) (memory.getAsDouble() * BYTES_PER_MEBIBYTE))
                                : OptionalLong.empty()));
            }
        }
        return processes;
    }

    /** The first that is there. */
    private static void put(Map<CardMetric, Double> values, CardMetric metric, Element of, String... paths) {
        for (String path : paths) {
            OptionalDouble value = number(text(of, path));
            if (value.isPresent()) {
                values.put(metric, value.getAsDouble());
                return;
            }
        }
    }

    private static void putYes(Map<CardMetric, Double> values, CardMetric metric, String answer) {
        switch (answer) {
            case "Yes" -> values.put(metric, 1.0);
            case "No" -> values.put(metric, 0.0);
            default -> {
                // It has none.
            }
        }
    }

    @SafeVarargs
    private static void sum(Map<CardMetric, Double> values, CardMetric metric, Element gpu, List<String>... kinds) {
        for (List<String> parts : kinds) {
            double sum = 0;
            boolean any = false;
            for (String part : parts) {
                OptionalDouble value = number(text(gpu, "ecc_errors/volatile/" + part));
                any |= value.isPresent();
                sum += value.orElse(0);
            }
            if (any) {
                values.put(metric, sum);
                return;
            }
        }
    }
}
