// Program policy-verdicts says which connections Cilium lets through, by Cilium's own library and no network: it reads policies, hosts and
// connections as JSON, and writes a truth value for each connection.
package main

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"sync"

	"github.com/cilium/cilium/pkg/identity"
	"github.com/cilium/cilium/pkg/identity/identitymanager"
	"github.com/cilium/cilium/pkg/k8s"
	ciliumio "github.com/cilium/cilium/pkg/k8s/apis/cilium.io"
	cilium "github.com/cilium/cilium/pkg/k8s/apis/cilium.io/v2"
	networking "github.com/cilium/cilium/pkg/k8s/slim/k8s/api/networking/v1"
	"github.com/cilium/cilium/pkg/labels"
	"github.com/cilium/cilium/pkg/policy"
	"github.com/cilium/cilium/pkg/policy/api"
	"github.com/cilium/cilium/pkg/policy/types"
	"github.com/cilium/cilium/pkg/u8proto"
)

// host is something on the network: a pod where it has a namespace.
type host struct {
	Namespace       string            `json:"namespace"`
	NamespaceLabels map[string]string `json:"namespaceLabels"`
	Labels          map[string]string `json:"labels"`
	Address         string            `json:"address"`
	// What Cilium knows it as beside its address, such as kube-apiserver.
	Entity string `json:"entity"`
	// Name by which pods ask for it.
	Name string `json:"name"`
}

type way struct {
	From string `json:"from"`
	To   string `json:"to"`
	Port uint16 `json:"port"`
}

type question struct {
	Policies []json.RawMessage `json:"policies"`
	Hosts    map[string]host   `json:"hosts"`
	Ways     []way             `json:"ways"`
}

func main() {
	if err := answer(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func answer() error {
	var asked question
	decoder := json.NewDecoder(os.Stdin)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&asked); err != nil {
		return fmt.Errorf("the question cannot be read: %w", err)
	}
	logger := slog.New(slog.DiscardHandler)
	own, named, err := parse(logger, asked.Policies)
	if err != nil {
		return err
	}
	identities, known, err := identitiesOf(asked.Hosts, named)
	if err != nil {
		return err
	}
	manager := identitymanager.NewIDManager(logger)
	repository := policy.NewPolicyRepository(logger, known, nil, nil, manager, noMetrics{})
	repository.GetSelectorCache().SetLocalIdentityNotifier(noNotifier{})
	manager.Subscribe(subjects{repository.GetSubjectSelectorCache()})
	repository.MustAddPolicyEntries(own.entries)
	repository.MustAddList(own.rules)

	open := make([]bool, 0, len(asked.Ways))
	for _, it := range asked.Ways {
		from, to := identities[it.From], identities[it.To]
		if from == nil || to == nil {
			return fmt.Errorf("no host is called %q or %q", it.From, it.To)
		}
		manager.Add(from)
		manager.Add(to)
		flow := types.Flow{From: from, To: to, Proto: u8proto.TCP, Dport: it.Port}
		verdict, _, _, err := policy.LookupFlow(logger, repository, manager, flow)
		if err != nil {
			return fmt.Errorf("%s to %s: %w", it.From, it.To, err)
		}
		open = append(open, verdict.Allowed())
	}
	return json.NewEncoder(os.Stdout).Encode(open)
}

type parsed struct {
	entries types.PolicyEntries
	rules   api.Rules
}

// parse reads policies of both kinds as the agent does, and the names of hosts that they let pods ask for.
func parse(logger *slog.Logger, policies []json.RawMessage) (parsed, []api.FQDNSelector, error) {
	var all parsed
	var named []api.FQDNSelector
	for _, it := range policies {
		var kind struct {
			Kind string `json:"kind"`
		}
		if err := json.Unmarshal(it, &kind); err != nil {
			return all, nil, err
		}
		switch kind.Kind {
		case "NetworkPolicy":
			var object networking.NetworkPolicy
			if err := json.Unmarshal(it, &object); err != nil {
				return all, nil, err
			}
			entries, err := k8s.ParseNetworkPolicy(logger, "", &object)
			if err != nil {
				return all, nil, fmt.Errorf("network policy %s: %w", object.Name, err)
			}
			all.entries = append(all.entries, entries...)
		case "CiliumNetworkPolicy":
			var object cilium.CiliumNetworkPolicy
			if err := json.Unmarshal(it, &object); err != nil {
				return all, nil, err
			}
			rules, err := object.Parse(logger, "")
			if err != nil {
				return all, nil, fmt.Errorf("Cilium's network policy %s: %w", object.Name, err)
			}
			all.rules = append(all.rules, rules...)
			for _, rule := range rules {
				for _, egress := range rule.Egress {
					named = append(named, egress.ToFQDNs...)
				}
			}
		default:
			return all, nil, fmt.Errorf("a policy is of the kind %q", kind.Kind)
		}
	}
	return all, named, nil
}

// identitiesOf gives each host the labels that the agent gives it: a pod those of its namespace and its own, everything else those of its
// address and of the names that led there.
func identitiesOf(hosts map[string]host, named []api.FQDNSelector) (map[string]*identity.Identity, identity.IdentityMap, error) {
	identities := map[string]*identity.Identity{}
	known := identity.IdentityMap{}
	next := identity.NumericIdentity(1000)
	local := identity.IdentityScopeLocal
	for name, it := range hosts {
		var own labels.LabelArray
		var id identity.NumericIdentity
		if it.Namespace != "" {
			id = next
			next++
			own = podLabels(it)
		} else {
			address, err := netip.ParseAddr(it.Address)
			if err != nil {
				return nil, nil, fmt.Errorf("host %s: %w", name, err)
			}
			local++
			id = local
			own = addressLabels(it, address, named)
		}
		own = own.Sort()
		identities[name] = identity.NewIdentityFromLabelArray(id, own)
		known[id] = own
	}
	return identities, known, nil
}

func podLabels(it host) labels.LabelArray {
	own := labels.LabelArray{labels.NewLabel("io.kubernetes.pod.namespace", it.Namespace, labels.LabelSourceK8s)}
	for key, value := range it.NamespaceLabels {
		own = append(own, labels.NewLabel(ciliumio.PodNamespaceMetaLabels+"."+key, value, labels.LabelSourceK8s))
	}
	for key, value := range it.Labels {
		own = append(own, labels.NewLabel(key, value, labels.LabelSourceK8s))
	}
	return own
}

func addressLabels(it host, address netip.Addr, named []api.FQDNSelector) labels.LabelArray {
	// A node has no label of its address unless the agent is told to give it one, and AKS does not.
	if it.Entity == "remote-node" {
		return labels.LabelArray{labels.NewLabel(labels.IDNameRemoteNode, "", labels.LabelSourceReserved)}
	}
	own := labels.GetCIDRLabelArray(netip.PrefixFrom(address, address.BitLen()))
	if it.Entity != "" {
		own = append(own, labels.NewLabel(it.Entity, "", labels.LabelSourceReserved))
	}
	for _, selector := range named {
		matches, err := selector.ToRegex()
		if it.Name != "" && err == nil && matches.MatchString(it.Name+".") {
			own = append(own, selector.IdentityLabel())
		}
	}
	return own
}

// noMetrics counts no rules.
type noMetrics struct{}

func (noMetrics) AddRule(types.PolicyEntry) {}
func (noMetrics) DelRule(types.PolicyEntry) {}

// noNotifier asks nobody for addresses of names: hosts have the labels of theirs from the start.
type noNotifier struct{}

func (noNotifier) RegisterFQDNSelector(api.FQDNSelector) uint64   { return 0 }
func (noNotifier) UnregisterFQDNSelector(api.FQDNSelector) uint64 { return 0 }

// subjects tells the cache of those that policies are about of each host, as the agent does of its pods.
type subjects struct {
	cache *policy.SelectorCache
}

func (it subjects) LocalEndpointIdentityAdded(id *identity.Identity) {
	it.cache.UpdateIdentities(identity.IdentityMap{id.ID: id.LabelArray}, nil, &sync.WaitGroup{})
}

func (it subjects) LocalEndpointIdentityRemoved(id *identity.Identity) {
	it.cache.UpdateIdentities(nil, identity.IdentityMap{id.ID: id.LabelArray}, &sync.WaitGroup{})
}
