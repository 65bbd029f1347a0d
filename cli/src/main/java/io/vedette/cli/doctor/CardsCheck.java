package io.vedette.cli.doctor;

import io.vedette.ingest.AgentSettings;
import io.vedette.ingest.NodeCards;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the node's cards once, as the agent would, and says what is missing. */
final class CardsCheck {
    private static final String CARDS = "cards";
    private static final Path KERNEL_DRIVER = Path.of("/proc/driver/nvidia/version");

    private CardsCheck() {}

    static List<Finding> check(AgentSettings settings) {
        Optional<NodeCards> wanted;
        try {
            wanted = NodeCards.of(settings, settings::targets);
        } catch (IllegalArgumentException e) {
            return List.of(Finding.fault(
                    CARDS, String.valueOf(e.getMessage()), "install the driver, or set agent.nvml: auto"));
        }
        if (wanted.isEmpty()) {
            return List.of(Finding.ok(CARDS, "not read, since agent.nvml is disabled"));
        }
        try (NodeCards cards = wanted.get()) {
            return findings(cards, cards.look().join());
        }
    }

    private static List<Finding> findings(NodeCards cards, NodeCards.Found found) {
        List<Finding> findings = new ArrayList<>();
        if (!found.watched() && Files.exists(KERNEL_DRIVER)) {
            findings.add(
                    Finding.warning(
                            CARDS,
                            found.words() + ", although the kernel has it",
                            "in a container: start it with --gpus all, or with NVIDIA's runtime and NVIDIA_DRIVER_CAPABILITIES=utility"));
        } else if (!found.watched() || found.readable()) {
            findings.add(Finding.ok(CARDS, found.words()));
        } else {
            findings.add(Finding.warning(
                    CARDS,
                    found.words() + "; vLLM is watched without them",
                    "`nvidia-smi` shows whether the driver works at all; docs/nvml.md tells what Vedette needs"));
        }
        cards.shortcomings().forEach(one -> findings.add(Finding.warning(CARDS, one.detail(), one.remedy())));
        return findings;
    }
}
