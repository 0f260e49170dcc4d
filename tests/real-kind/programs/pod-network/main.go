// pod-network connects the pods of test clusters, in the place of kind's own daemon, which is had as an image only: it gives
// the node's pod range to the container runtime, keeps routes to the ranges of the other nodes, and lets pods reach what is
// outside under the node's address. IPv4 only.
package main

import (
	"context"
	"fmt"
	"io/ioutil"
	"log"
	"net"
	"os"
	"os/exec"
	"time"

	"github.com/vishvananda/netlink"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
)

const (
	file   = "/etc/cni/net.d/10-pods.conflist"
	format = `{"cniVersion":"0.3.1","name":"pods","plugins":[{"type":"ptp","ipMasq":false,"mtu":1500,"ipam":{"type":"host-local",
"dataDir":"/run/pod-addresses","ranges":[[{"subnet":"%s"}]],"routes":[{"dst":"0.0.0.0/0"}]}},
{"type":"portmap","capabilities":{"portMappings":true}}]}`
)

func iptables(arguments ...string) bool {
	return exec.Command("iptables", append([]string{"--wait", "--table", "nat"}, arguments...)...).Run() == nil
}

// hide makes what pods send out of the pod network appear to come from the node.
func hide(pods string) {
	rule := []string{"POSTROUTING", "--source", pods, "!", "--destination", pods, "--jump", "MASQUERADE"}
	if !iptables(append([]string{"--check"}, rule...)...) && !iptables(append([]string{"--append"}, rule...)...) {
		log.Println("iptables refuses the rule for", pods)
	}
}

// configure writes the file under another name first: the runtime reads it as soon as it is there.
func configure(pods string) error {
	if err := ioutil.WriteFile(file+".new", []byte(fmt.Sprintf(format, pods)), 0o644); err != nil {
		return err
	}
	return os.Rename(file+".new", file)
}

func address(node core.Node) net.IP {
	for _, candidate := range node.Status.Addresses {
		if candidate.Type == core.NodeInternalIP {
			return net.ParseIP(candidate.Address)
		}
	}
	return nil
}

func main() {
	config, err := rest.InClusterConfig()
	if err != nil {
		log.Fatal(err)
	}
	// kind names the API server here, since Services may not be reachable yet.
	if server := os.Getenv("CONTROL_PLANE_ENDPOINT"); server != "" {
		config.Host = "https://" + server
	}
	client := kubernetes.NewForConfigOrDie(config)
	own := ""
	for {
		nodes, err := client.CoreV1().Nodes().List(context.TODO(), meta.ListOptions{})
		if err != nil {
			log.Println(err)
			nodes = &core.NodeList{}
		}
		for _, node := range nodes.Items {
			_, pods, err := net.ParseCIDR(node.Spec.PodCIDR)
			if err != nil {
				continue // it has no range yet
			}
			if node.Name != os.Getenv("NODE_NAME") {
				if via := address(node); via != nil {
					if err := netlink.RouteReplace(&netlink.Route{Dst: pods, Gw: via}); err != nil {
						log.Println("route to", node.Name, err)
					}
				}
			} else if own != pods.String() {
				if err := configure(pods.String()); err != nil {
					log.Fatal(err)
				}
				own = pods.String()
			}
		}
		hide(os.Getenv("POD_SUBNET"))
		if own == "" {
			time.Sleep(time.Second / 4) // no pod starts on this node before it has its range
		} else {
			time.Sleep(5 * time.Second)
		}
	}
}
