// names answers DNS questions in test clusters, in the place of CoreDNS, which no Debian package has.
//
//	names              inside a cluster: the addresses of Services and of the pods of headless ones; nothing else has a name
//	names deny ADDR    knows no name at all; so lookups by those who have no way out fail at once
//
// IPv4 addresses only.
package main

import (
	"log"
	"net"
	"net/http"
	"os"
	"strings"

	"github.com/miekg/dns"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	listers "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/rest"
)

type lookup func(name string) []string

// answer makes the reply to a question from what a lookup finds.
func (find lookup) answer(question *dns.Msg) *dns.Msg {
	reply := new(dns.Msg)
	reply.SetReply(question)
	reply.Rcode = dns.RcodeNameError
	for _, asked := range question.Question {
		for _, text := range find(strings.ToLower(asked.Name)) {
			reply.Rcode = dns.RcodeSuccess // the name is known, though it may have no address of the kind that is asked for
			if address := net.ParseIP(text).To4(); address != nil && asked.Qtype == dns.TypeA {
				reply.Answer = append(reply.Answer, &dns.A{
					Hdr: dns.RR_Header{Name: asked.Name, Rrtype: dns.TypeA, Class: dns.ClassINET, Ttl: 5}, A: address})
			}
		}
	}
	return reply
}

func serve(address string, find lookup) {
	handler := dns.HandlerFunc(func(out dns.ResponseWriter, question *dns.Msg) { _ = out.WriteMsg(find.answer(question)) })
	for _, network := range []string{"udp", "tcp"} {
		server := &dns.Server{Addr: address, Net: network, Handler: handler}
		go func() { log.Fatal(server.ListenAndServe()) }()
	}
	select {}
}

// inCluster looks names up by their form: SERVICE.NAMESPACE.svc.cluster.local, or POD. before it for a headless one.
func inCluster(services listers.ServiceLister, endpoints listers.EndpointsLister) lookup {
	return func(name string) []string {
		const suffix = ".svc.cluster.local."
		parts := strings.Split(strings.TrimSuffix(name, suffix), ".")
		if !strings.HasSuffix(name, suffix) || len(parts) < 2 || len(parts) > 3 {
			return nil
		}
		pod, service, namespace := "", parts[len(parts)-2], parts[len(parts)-1]
		if len(parts) == 3 {
			pod = parts[0]
		}
		found, err := services.Services(namespace).Get(service)
		if err != nil {
			return nil
		}
		if found.Spec.ClusterIP != "None" && found.Spec.ClusterIP != "" && pod == "" {
			return []string{found.Spec.ClusterIP}
		}
		behind, err := endpoints.Endpoints(namespace).Get(service)
		if err != nil {
			return nil
		}
		var addresses []string
		for _, subset := range behind.Subsets {
			for _, address := range subset.Addresses {
				if pod == "" || address.Hostname == pod {
					addresses = append(addresses, address.IP)
				}
			}
		}
		return addresses
	}
}

func main() {
	if len(os.Args) == 3 && os.Args[1] == "deny" {
		serve(os.Args[2], func(string) []string { return nil })
	}
	config, err := rest.InClusterConfig()
	if err != nil {
		log.Fatal(err)
	}
	factory := informers.NewSharedInformerFactory(kubernetes.NewForConfigOrDie(config), 0)
	find := inCluster(factory.Core().V1().Services().Lister(), factory.Core().V1().Endpoints().Lister())
	stop := make(chan struct{})
	factory.Start(stop)
	ready := make(chan struct{})
	go func() {
		factory.WaitForCacheSync(stop)
		close(ready)
	}()

	// kubeadm's manifest probes liveness at 8080 and readiness at 8181.
	go func() { log.Fatal(http.ListenAndServe(":8080", http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))) }()
	go func() {
		log.Fatal(http.ListenAndServe(":8181", http.HandlerFunc(func(out http.ResponseWriter, _ *http.Request) {
			select {
			case <-ready:
			default:
				out.WriteHeader(http.StatusServiceUnavailable)
			}
		})))
	}()
	<-ready
	serve(":53", find)
}
